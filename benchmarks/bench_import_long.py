"""Whether memory and rate stay the same over a long import.

500,000 rows of .xlsx, or 1,000,000 of .csv with KITH_BENCH_SUFFIX=.csv KITH_BENCH_ROWS=1000000.
"""

import os
import time
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.importing import begin, floor_of, job_seconds, tell_memory, tell_rate
from benchmarks.results import tell
from benchmarks.sheets import write_sheet
from kith.accounts.actors import SYSTEM
from kith.transfer.services import imports
from kith.transfer.services import running as stages

ROWS = int(os.environ.get("KITH_BENCH_ROWS", "500000"))
SUFFIX = os.environ.get("KITH_BENCH_SUFFIX", ".xlsx")
TENTHS = 10


class Clock:
    """Is told of each portion, as the page of a running import is: (seconds, processor seconds,
    rows) at each tenth."""

    def __init__(self) -> None:
        self.passed: list[tuple[float, float, int]] = [self._now(0)]

    def __call__(self, done: int, _total: int | None) -> None:
        if done >= ROWS * len(self.passed) // TENTHS:
            self.passed.append(self._now(done))

    def _now(self, done: int) -> tuple[float, float, int]:
        return time.perf_counter(), time.process_time(), done

    def rates(self, column: int) -> list[float]:
        return [(b[2] - a[2]) / (b[column] - a[column]) for a, b in pairwise(self.passed)]


def main() -> None:
    kind = f"import {SUFFIX}, {ROWS:,} rows"
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / f"people{SUFFIX}"
        write_sheet(sheet, ROWS)
        importing = begin(sheet)
        checking = job_seconds(imports.import_check(importing=importing, actor=SYSTEM))
        tell_memory(ROWS)
        importing.refresh_from_db()
        imports.import_run(importing=importing, actor=SYSTEM)
        clock, began = Clock(), time.perf_counter()
        stages.run(importing=importing, report=clock)
        spent = checking + time.perf_counter() - began
        tell_memory(ROWS)
        floor = floor_of(sheet) if os.environ.get("KITH_BENCH_FLOOR") else None
    assert importing.counts["created"] == ROWS
    tell_rate(kind, ROWS, spent, floor)
    tell(f"{kind}: write", contacts=ROWS, median=ROWS / (spent - checking), unit="rows/s")
    for name, column in (("time", 0), ("processor time", 1)):
        rates = clock.rates(column)
        print(f"rows/s by {name}:", [round(each) for each in rates], flush=True)
        told = f"{kind}: rate of the last tenth, by {name}"
        tell(told, contacts=ROWS, median=100 * rates[-1] / rates[0], unit="% of the first")


if __name__ == "__main__":
    main()
