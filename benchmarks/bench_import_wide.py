"""100,000 rows × 60 columns of the template of the guide, review included.
KITH_BENCH_ROWS chooses another size."""

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.importing import begin, floor_of, run, tell_memory, tell_rate
from benchmarks.sheets import write_sheet
from benchmarks.wide_sheet import HEADINGS, rows

ROWS = int(os.environ.get("KITH_BENCH_ROWS", "100000"))


def main() -> None:
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "wide.xlsx"
        write_sheet(sheet, ROWS, HEADINGS, rows)
        importing = begin(sheet)
        left_out = [heading for heading, name in importing.mapping.items() if not name]
        print("not mapped:", left_out, file=sys.stderr)
        spent = run(importing)
        tell_memory(ROWS)
        floor = floor_of(sheet)
    assert importing.counts["created"] == ROWS
    tell_rate(f"import .xlsx, {len(HEADINGS)} columns", ROWS, spent.seconds, floor)
    tell_rate(f"import, {len(HEADINGS)} columns: read and check", ROWS, spent.checking)
    tell_rate(f"import, {len(HEADINGS)} columns: write", ROWS, spent.writing)


if __name__ == "__main__":
    main()
