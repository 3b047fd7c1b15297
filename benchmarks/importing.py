"""What the benchmarks of the import share: the import as the worker runs it, and the least that
it could cost: read the same file, parse its phones, put the same cells into one plain table."""

import resource
import sys
import time
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import phonenumbers
from django.db import connection, transaction

from benchmarks.results import tell
from kith.accounts.actors import SYSTEM
from kith.jobs import running
from kith.jobs.models import Job, State
from kith.transfer.models import Import
from kith.transfer.options import ImportOptions
from kith.transfer.reading.rowfile import read_rows
from kith.transfer.reading.workbook import convert
from kith.transfer.services import imports

PIECE = 1 << 20
REGIONS = {"India": "IN", "United Kingdom": "GB"}


class Floor(NamedTuple):
    """`memory`: the peak of the reading child, in MB."""

    seconds: float
    memory: float


class Spent(NamedTuple):
    """Seconds: of reading and checking, and of writing with linking."""

    checking: float
    writing: float

    @property
    def seconds(self) -> float:
        return self.checking + self.writing


def floor_of(sheet: Path) -> Floor:
    with TemporaryDirectory() as folder:
        to, began = Path(folder) / "floor.jsonl", time.perf_counter()
        read = convert(sheet, sheet=0, heading_row=1, to=to)
        _insert_plainly(list(read.headings), to)
        spent = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE floor")
    return Floor(spent, read.peak_memory / (1 << 20))


def _insert_plainly(headings: list[str], path: Path) -> None:
    names = ", ".join(f"c{at} text" for at in range(len(headings)))
    marks = ", ".join(["%s"] * len(headings))
    rows = _plain_rows(headings, path)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE floor ({names})")
        while portion := list(islice(rows, 1000)):
            cursor.executemany(f"INSERT INTO floor VALUES ({marks})", portion)


def _plain_rows(headings: list[str], path: Path) -> Iterator[list[str | None]]:
    phones = [at for at, each in enumerate(headings) if "Phone" in each or "Mobile" in each]
    country = headings.index("Country")
    for _number, cells in read_rows(path):
        region = REGIONS[str(cells[country])]
        for at in phones:
            if cells[at]:
                number = phonenumbers.parse(str(cells[at]), region)
                cells[at] = phonenumbers.format_number(number, 0)
        yield [None if cell is None else str(cell) for cell in cells]


def begin(sheet: Path, mapping: Mapping[str, str] | None = None, **options: Any) -> Import:
    """The upload, with what was chosen on the mapping page, if anything was."""
    with sheet.open("rb") as file:
        importing = imports.import_begin(
            actor=SYSTEM,
            record_type="contact",
            chunks=iter(lambda: file.read(PIECE), b""),
            filename=sheet.name,
        )
    if mapping:
        imports.import_map(importing=importing, mapping={**importing.mapping, **mapping})
    if options:
        chosen = ImportOptions.from_json({**importing.options, **options})
        imports.import_set_options(importing=importing, options=chosen)
    return importing


def run(importing: Import) -> Spent:
    """Each stage as the worker runs it."""
    checking = job_seconds(imports.import_check(importing=importing, actor=SYSTEM))
    importing.refresh_from_db()
    writing = job_seconds(imports.import_run(importing=importing, actor=SYSTEM))
    importing.refresh_from_db()
    print(importing.counts, file=sys.stderr)
    return Spent(checking, writing)


def undo_seconds(importing: Import) -> float:
    spent = job_seconds(imports.import_undo(importing=importing, actor=SYSTEM))
    importing.refresh_from_db()
    assert importing.undo_report["kept"] == 0, importing.undo_report
    return spent


def job_seconds(job: Job) -> float:
    began = time.perf_counter()
    running.run(job.pk)
    spent = time.perf_counter() - began
    job.refresh_from_db()
    assert job.state == State.DONE, job.message
    return spent


def tell_rate(name: str, rows: int, seconds: float, floor: Floor | None = None) -> None:
    ratio = seconds / floor.seconds if floor else None
    tell(name, contacts=rows, median=rows / seconds, unit="rows/s", ratio_to_floor=ratio)


def tell_memory(rows: int, floor: Floor | None = None) -> None:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    tell(f"import: memory of worker, {rows:,} rows", contacts=rows, median=most, unit="MB")
    if floor:
        name = f"import: memory of reading, {rows:,} rows"
        tell(name, contacts=rows, median=floor.memory, unit="MB")
