"""100,000 people of 10,000 companies that the sheet names and the import makes, between two imports
of as many people without a company: each begins with more contacts than the one before, so that
neither way is measured in the emptier database. KITH_BENCH_ROWS chooses another size."""

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


def others(count: int) -> Iterator[tuple[str, ...]]:
    return rows(count, first=2 * count)


def main() -> None:
    with TemporaryDirectory() as folder:
        before, linked, after = (Path(folder) / f"{name}.xlsx" for name in "abc")
        write_sheet(before, ROWS)
        write_sheet(linked, ROWS, (*HEADINGS, "Company"), employed)
        write_sheet(after, ROWS, of=others)
        first = run(begin(before))
        spent = run(begin(linked))
        last = run(begin(after))
        tell_rate("import, rows with a company", ROWS, spent.seconds, floor_of(linked))
    without = (first.seconds + last.seconds) / 2
    share = 100 * without / spent.seconds
    tell("import, rate of rows with a company", contacts=ROWS, median=share, unit="% of without")


if __name__ == "__main__":
    main()
