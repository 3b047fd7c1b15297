"""`make bench`: runs every bench_*.py on each database, prints a table, writes build/bench.json.

Each runs in a process of its own with an empty database, and prints its results as JSON lines
(see `benchmarks.results`). Names given as arguments choose some: scripts/bench import.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "bench.json"
# The benchmarks that measure a full database, and with how many contacts.
LARGE = os.environ.get("KITH_BENCH_LARGE") == "1"
DEMO = {"export": 100_000, "pages": 100_000, "search": 1_000_000 if LARGE else 100_000}
# Those that take many minutes: with KITH_BENCH_LARGE=1, or when they are named.
LONG = {"import_linked", "import_long", "import_updates", "import_wide", "mapping_page"}
COLUMNS = ("name", "database", "contacts", "median", "p95", "unit", "ratio_to_floor")


def main(names: list[str]) -> int:
    modules = names or sorted(
        name
        for path in (ROOT / "benchmarks").glob("bench_*.py")
        if (name := path.stem.removeprefix("bench_")) not in LONG or LARGE
    )
    found: list[dict[str, Any]] = []
    failed = False
    for module in modules:
        for database in ("sqlite", *(["postgresql"] if server() else [])):
            code, results = run(module, database)
            failed |= bool(code)
            found += results
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(merged(found), indent=1), encoding="utf-8")
    print_table(found)
    return int(failed)


def server() -> str:
    """The throwaway PostgreSQL that the script started, if any."""
    return os.environ.get("KITH_TEST_POSTGRES", "")


def run(module: str, database: str) -> tuple[int, list[dict[str, Any]]]:
    print(f"== {module} on {database}", file=sys.stderr, flush=True)
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as folder:
        url = fresh_database(module) if database == "postgresql" else ""
        environment = {**os.environ, "KITH_DATA_DIR": folder, "KITH_DATABASE_URL": url}
        fill(environment, DEMO.get(module, 0))
        command = [sys.executable, "-m", f"benchmarks.bench_{module}"]
        done = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, check=False, cwd=ROOT
        )
    lines = done.stdout.decode().splitlines()
    print("\n".join(line for line in lines if not line.startswith("{")), flush=True)
    return done.returncode, [json.loads(line) for line in lines if line.startswith("{")]


def fill(environment: dict[str, str], contacts: int) -> None:
    kith = [sys.executable, "-m", "kith"]
    subprocess.run([*kith, "migrate"], env=environment, check=True, stdout=sys.stderr)
    if contacts:
        demo = [*kith, "demo", "--contacts", str(contacts), "--seed", "1"]
        subprocess.run(demo, env=environment, check=True, stdout=sys.stderr)
        if url := environment["KITH_DATABASE_URL"]:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")  # As the server would by itself, in minutes.


def fresh_database(module: str) -> str:
    name = f"bench_{module}"
    with psycopg.connect(server(), dbname="postgres", autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
    address, _, query = server().partition("?")
    return f"{address.rpartition('/')[0]}/{name}" + (f"?{query}" if query else "")


def merged(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was measured now, and what an earlier run measured besides."""
    before = json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else []
    measured = {(each["name"], each["database"]) for each in found}
    return [each for each in before if (each["name"], each["database"]) not in measured] + found


def print_table(found: list[dict[str, Any]]) -> None:
    rows = [[shown(each.get(column)) for column in COLUMNS] for each in found]
    widths = [max(map(len, column)) for column in zip(COLUMNS, *rows, strict=True)]
    for row in (COLUMNS, *rows):
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


def shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}" if value < 100 else f"{value:,.0f}"
    return "" if value is None else f"{value:,}" if isinstance(value, int) else str(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
