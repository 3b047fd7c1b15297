"""Import of 100,000 rows × 20 columns as the wizard does it, and its undo, against the floor.

KITH_BENCH_ROWS chooses another size.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.importing import begin, floor_of, run, tell_memory, tell_rate, undo_seconds
from benchmarks.sheets import write_sheet

ROWS = int(os.environ.get("KITH_BENCH_ROWS", "100000"))


def main() -> None:
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "people.xlsx"
        write_sheet(sheet, ROWS)
        importing = begin(sheet)
        spent = run(importing)
        tell_memory(ROWS)  # Before the floor, which is no part of it.
        floor = floor_of(sheet)
    assert importing.counts["created"] == ROWS
    tell_rate("import .xlsx, 20 columns", ROWS, spent.seconds, floor)
    tell_rate("import: read and check", ROWS, spent.checking)
    tell_rate("import: write", ROWS, spent.writing)
    tell_rate("undo of an import", ROWS, undo_seconds(importing))


if __name__ == "__main__":
    main()
