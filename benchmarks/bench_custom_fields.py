"""What thirty fields of one's own cost the import and the list, as a ratio in one run.

As many people are imported four times, as the wizard does it: without them, with thirty that the
sheet leaves empty, with thirty columns more that fill them (ten of them filtered by), and without
these columns again: each begins with more contacts than the one before. All are other people, so
that none is there already. KITH_BENCH_ROWS chooses the size. Time is that of the processor, in
this process and in those that it starts.
"""

import os
import resource
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from django.conf import settings
from django.test import Client

from benchmarks.bench_pages import get, reader
from benchmarks.results import tell
from benchmarks.sheets import HEADINGS, rows
from kith.accounts.actors import SYSTEM
from kith.customfields.models import Definition
from kith.customfields.services.fields import field_create
from kith.jobs import running
from kith.transfer.services import imports

ROWS = int(os.environ.get("KITH_BENCH_ROWS", "20000"))
REQUESTS, TURNS = 15, 4
PIECE = 1 << 20
KINDS = ("text", "number", "date", "yesno", "choice", "money")
LABELS = [f"Own {KINDS[at % 6]} {at}" for at in range(30)]
VALUES = ("Something said", 42, "2026-03-04", "yes", "Red", 900)


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(reader())
    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "people.xlsx"
        people = (rows(ROWS, first=turn * ROWS) for turn in range(4))
        write(sheet, HEADINGS, next(people), ())
        bare = import_seconds(sheet)
        make_fields()
        write(sheet, HEADINGS, next(people), ())
        empty = import_seconds(sheet)
        told("import with 30 own fields, empty", empty / bare)
        write(sheet, [*HEADINGS, *LABELS], next(people), VALUES * 5)
        filled = import_seconds(sheet)
        write(sheet, HEADINGS, next(people), ())
        without = (empty + import_seconds(sheet)) / 2
        told("import with 30 own fields, filled", filled / without)
        told("import with 30 own fields, filled, for each cell", filled / without * 20 / 50)
        told("list with 30 own fields, 5 shown", list_ratio(client))


def list_ratio(client: Client) -> float:
    """With and without them in turns: a machine that others use is never twice the same."""
    times = {False: 0.0, True: 0.0}
    for turn in range(TURNS * 2):
        hidden = bool(turn % 2)
        Definition.objects.update(archived=hidden, version=turn + 2)
        times[hidden] += list_seconds(client)
    return times[False] / times[True]


def told(name: str, ratio: float) -> None:
    tell(name, contacts=ROWS, median=ratio, unit="x")


def make_fields() -> None:
    for at, label in enumerate(LABELS):
        field_create(
            actor=SYSTEM,
            label=label,
            kind=KINDS[at % 6],
            options=("Red", "Blue"),
            filterable=at < 10,
            searchable=at == 0,
            in_list=at < 5,
        )


def write(path: Path, headings: Any, people: Iterator[tuple[str, ...]], more: Any) -> None:
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet("Contacts")
    sheet.write_row(0, 0, headings)
    for number, row in enumerate(people, 1):
        sheet.write_row(number, 0, (*row, *more))
    book.close()


def import_seconds(sheet: Path) -> float:
    with sheet.open("rb") as file:
        importing = imports.import_begin(
            actor=SYSTEM,
            record_type="contact",
            chunks=iter(lambda: file.read(PIECE), b""),
            filename=sheet.name,
        )
    return spent(lambda: run(importing))


def run(importing: Any) -> None:
    running.run(imports.import_check(importing=importing, actor=SYSTEM).pk)
    importing.refresh_from_db()
    running.run(imports.import_run(importing=importing, actor=SYSTEM).pk)
    importing.refresh_from_db()
    assert importing.counts["created"] == ROWS, importing.counts


def list_seconds(client: Client) -> float:
    ask = get(client, "/contacts/")
    ask()
    return spent(lambda: [ask() for _ in range(REQUESTS)])


def spent(act: Callable[[], Any]) -> float:
    before = processor()
    act()
    return processor() - before


def processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


if __name__ == "__main__":
    main()
