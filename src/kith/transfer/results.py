"""The result workbook: what was imported, with codes, and what was not, ready to be corrected."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kith.transfer.models import Import, ImportRow, Outcome
from kith.transfer.queries import rows_of, type_of
from kith.transfer.reading.rowfile import Cells, read_rows
from kith.transfer.reports import row_json
from kith.transfer.services.amending import corrected
from kith.transfer.services.stages import Report, actor_of, no_report
from kith.transfer.sheets import Book
from kith.transfer.workspace import result_path, rows_path

AT_ONCE = 1_000
NOT_IMPORTED = (Outcome.INVALID, Outcome.DUPLICATE)


def result_name(importing: Import) -> str:
    """What the workbook is called for who gets it."""
    return f"{Path(importing.filename).stem}-result.xlsx"


def write_result(*, importing: Import, report: Report = no_report) -> Path:
    """Sheets 'Imported' and 'Not imported', with the columns and values as they came, or as
    somebody put them right in the review.

    The second keeps the columns in their places, so that it can be corrected and imported again.
    """
    path = result_path(importing)
    # Of its own: two people, or one with two clicks, may ask at once.
    with tempfile.TemporaryDirectory(dir=path.parent) as folder:
        part = Path(folder) / path.name
        _write(part, importing, report)
        part.replace(path)
    return path


def _write(path: Path, importing: Import, report: Report) -> None:
    with Book(path) as book:
        done = book.sheet(
            _("Imported"),
            [_("Row"), _("Code"), _("Outcome"), _("Name"), _("Warnings"), *importing.headings],
        )
        left = book.sheet(
            _("Not imported"),
            [*importing.headings, _("Row"), _("Outcome"), _("Error code"), _("Error")],
        )
        for number, (row, told, name, cells) in enumerate(_rows(importing), 1):
            padded = [*cells, *[None] * (len(importing.headings) - len(cells))]
            if row.outcome in NOT_IMPORTED:
                left.row([*padded, row.number, row.outcome, *_reasons(told)])
            else:
                warnings = _lines(told["warnings"])
                done.row([row.number, told["code"], row.outcome, name, warnings, *padded])
            report(number, importing.counts.get("total"))


def _rows(importing: Import) -> Iterator[tuple[ImportRow, dict[str, Any], str, Cells]]:
    """Each row with what is told of it, its record's name, and its cells."""
    record_type = type_of(importing)
    source = read_rows(rows_path(importing))
    for rows in _portions(importing):
        ids = [row.record_id for row in rows if row.record_id is not None]
        names = _names(importing, ids) if ids else {}
        for row in rows:
            number, cells = next(source)
            assert number == row.number
            name = names.get(row.record_id, "") if row.record_id else ""
            yield row, row_json(record_type, row), name, corrected(cells, row.cells)
    source.close()


def _names(importing: Import, ids: Sequence[int]) -> Mapping[int, str]:
    """Of the records that who imported them still sees."""
    record_type = type_of(importing)
    within = record_type.in_reach or record_type.visible_to
    seen = within(actor_of(importing)).filter(pk__in=ids).values_list("pk", flat=True)
    return record_type.label_of(list(seen)) if record_type.label_of else {}


def _portions(importing: Import) -> Iterator[Sequence[ImportRow]]:
    after = 0
    while rows := list(rows_of(importing, after=after)[:AT_ONCE]):
        yield rows
        after = rows[-1].number


def _reasons(told: dict[str, Any]) -> tuple[str, str]:
    notes = told["errors"] or told["warnings"]
    return ", ".join(dict.fromkeys(note["code"] for note in notes)), _lines(notes)


def _lines(notes: Sequence[dict[str, Any]]) -> str:
    return "\n".join(": ".join(filter(None, (note["column"], note["message"]))) for note in notes)
