"""100,000 contacts changed by a sheet that finds them by e-mail, and that taken back.
KITH_BENCH_ROWS chooses another size."""

import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.importing import begin, floor_of, run, tell_rate, undo_seconds
from benchmarks.sheets import HEADINGS, rows, write_sheet
from kith.transfer.options import OVERWRITE

ROWS = int(os.environ.get("KITH_BENCH_ROWS", "100000"))


def moved(count: int) -> Iterator[tuple[str, ...]]:
    """Everybody moves house, gets another post and is remembered otherwise."""
    changes = {"Address 1": "{} New Street", "Designation": "Director", "Remarks": "Moved in {}"}
    for number, row in enumerate(rows(count)):
        yield tuple(
            changes[heading].format(number % 700) if heading in changes else cell
            for heading, cell in zip(HEADINGS, row, strict=True)
        )


def main() -> None:
    with TemporaryDirectory() as folder:
        first, second = Path(folder) / "first.xlsx", Path(folder) / "second.xlsx"
        write_sheet(first, ROWS)
        write_sheet(second, ROWS, HEADINGS, moved)
        run(begin(first))
        importing = begin(second, match=["email"], duplicates=OVERWRITE)
        spent = run(importing)
        assert importing.counts["updated"] == ROWS
        tell_rate("import, rows that change contacts", ROWS, spent.seconds, floor_of(second))
    tell_rate("undo of changed contacts", ROWS, undo_seconds(importing))


if __name__ == "__main__":
    main()
