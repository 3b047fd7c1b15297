"""100,000 people of 10,000 companies that the sheet names and the import makes, beside as many
rows without a company. KITH_BENCH_ROWS chooses another size."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.importing import begin, floor_of, run, tell_rate
from benchmarks.results import tell
from benchmarks.sheets import HEADINGS, rows, write_sheet

ROWS = int(os.environ.get("KITH_BENCH_ROWS", "100000"))
PER_COMPANY = 10


def employed(count: int) -> Iterator[tuple[str, ...]]:
    for number, row in enumerate(rows(count, first=count)):
        yield (*row, f"Works of {row[9]} {number % (count // PER_COMPANY)} Ltd")


def main() -> None:
    with TemporaryDirectory() as folder:
        alone, linked = Path(folder) / "alone.xlsx", Path(folder) / "linked.xlsx"
        write_sheet(alone, ROWS)
        write_sheet(linked, ROWS, (*HEADINGS, "Company"), employed)
        without = run(begin(alone))
        spent = run(begin(linked))
        tell_rate("import, rows with a company", ROWS, spent.seconds, floor_of(linked))
    share = 100 * without.seconds / spent.seconds
    tell("import, rate of rows with a company", contacts=ROWS, median=share, unit="% of without")


if __name__ == "__main__":
    main()
