"""Import of 100,000 rows × 20 columns as the wizard does it, against the least it could cost.

The floor is: read the same file, parse its phones, put the same cells into one plain table.
KITH_BENCH_ROWS chooses another size; KITH_BENCH_LONG=1 adds 500,000 rows, for the memory.
"""

import os
import resource
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import phonenumbers
from django.db import connection, transaction

from benchmarks.results import tell
from benchmarks.sheets import HEADINGS, write_sheet
from kith.accounts.actors import SYSTEM
from kith.jobs import running
from kith.jobs.models import Job, State
from kith.transfer.models import Import
from kith.transfer.reading.rowfile import read_rows
from kith.transfer.reading.workbook import convert
from kith.transfer.services import imports

ROWS = int(os.environ.get("KITH_BENCH_ROWS", "100000"))
LONG = 500_000
PIECE = 1 << 20


def main() -> None:
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "people.xlsx"
        write_sheet(sheet, ROWS)
        floor = floor_seconds(sheet, Path(folder) / "floor.jsonl")
        checking, writing, importing = import_seconds(sheet)
        tell_import(checking, writing, floor)
        undo_seconds(importing)
        if os.environ.get("KITH_BENCH_LONG"):
            write_sheet(sheet, LONG)
            tell_long(*import_seconds(sheet)[:2])


def floor_seconds(sheet: Path, to: Path) -> float:
    began = time.perf_counter()
    convert(sheet, filename=sheet.name, sheet=0, heading_row=1, to=to)
    names = ", ".join(f"c{at} text" for at in range(len(HEADINGS)))
    marks = ", ".join(["%s"] * len(HEADINGS))
    rows = plain_rows(to)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE floor ({names})")
        while portion := list(islice(rows, 1000)):
            cursor.executemany(f"INSERT INTO floor VALUES ({marks})", portion)
    spent = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE floor")
    return spent


def plain_rows(path: Path) -> Iterator[list[str]]:
    phones = [
        at for at, heading in enumerate(HEADINGS) if "Phone" in heading or "Mobile" in heading
    ]
    country = HEADINGS.index("Country")
    for _number, cells in read_rows(path):
        region = "IN" if cells[country] == "India" else "GB"
        for at in phones:
            if cells[at]:
                number = phonenumbers.parse(str(cells[at]), region)
                cells[at] = phonenumbers.format_number(number, 0)
        yield [None if cell is None else str(cell) for cell in cells]


def import_seconds(sheet: Path) -> tuple[float, float, Import]:
    """(checking with reading, writing): each stage as the worker runs it."""
    with sheet.open("rb") as file:
        importing = imports.import_begin(
            actor=SYSTEM,
            record_type="contact",
            chunks=iter(lambda: file.read(PIECE), b""),
            filename=sheet.name,
        )
    checking = job_seconds(imports.import_check(importing=importing, actor=SYSTEM))
    importing.refresh_from_db()
    writing = job_seconds(imports.import_run(importing=importing, actor=SYSTEM))
    importing.refresh_from_db()
    counts = importing.counts
    print(counts, file=sys.stderr)
    assert counts["created"] == counts["total"] - counts["duplicates"] - counts["invalid"] > 0
    return checking, writing, importing


def job_seconds(job: Job) -> float:
    began = time.perf_counter()
    running.run(job.pk)
    spent = time.perf_counter() - began
    job.refresh_from_db()
    assert job.state == State.DONE, job.message
    return spent


def undo_seconds(importing: Import) -> None:
    spent = job_seconds(imports.import_undo(importing=importing, actor=SYSTEM))
    tell("undo of an import", contacts=ROWS, median=ROWS / spent, unit="rows/s")


def tell_import(checking: float, writing: float, floor: float) -> None:
    spent = checking + writing
    tell(
        "import .xlsx, 20 columns",
        contacts=ROWS,
        median=ROWS / spent,
        unit="rows/s",
        ratio_to_floor=spent / floor,
    )
    tell("import: read and check", contacts=ROWS, median=ROWS / checking, unit="rows/s")
    tell("import: write", contacts=ROWS, median=ROWS / writing, unit="rows/s")
    tell_memory(ROWS)


def tell_long(checking: float, writing: float) -> None:
    name = "import .xlsx, 20 columns, long"
    tell(name, contacts=LONG, median=LONG / (checking + writing), unit="rows/s")
    tell_memory(LONG)


def tell_memory(rows: int) -> None:
    for name, who in (("worker", resource.RUSAGE_SELF), ("reading", resource.RUSAGE_CHILDREN)):
        most = resource.getrusage(who).ru_maxrss / 1024
        tell(f"import: memory of {name}, {rows:,} rows", contacts=rows, median=most, unit="MB")


if __name__ == "__main__":
    main()
