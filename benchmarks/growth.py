"""How much longer each kind of query takes in the large database than in the small one.

    python benchmarks/growth.py small large [sqlite|postgresql]

Both are files of what `benchmarks.bench_search` printed, or of what `make bench` kept of it. Reads
no database. Exit code 1 where a kind takes more than two and a half times as long.
"""

import json
import sys
from pathlib import Path
from typing import Any

MOST = 2.5


def main(small: str, large: str, database: str = "") -> int:
    before, after = _medians(small, database), _medians(large, database)
    ratios = {name: after[name] / before[name] for name in after if name in before}
    for name, ratio in ratios.items():
        figures = f"{before[name]:8.1f} {after[name]:8.1f} ms  × {ratio:.2f}"
        print(f"{database} {name:32} {figures}{'  too much' if ratio > MOST else ''}")
    return int(any(ratio > MOST for ratio in ratios.values()))


def _medians(path: str, database: str) -> dict[str, float]:
    results = [each for each in _read(Path(path).read_text("utf-8")) if each["unit"] == "ms"]
    return {each["name"]: each["median"] for each in results if database in each["database"]}


def _read(text: str) -> list[dict[str, Any]]:
    if text.startswith("["):
        found: list[dict[str, Any]] = json.loads(text)
        return found
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
