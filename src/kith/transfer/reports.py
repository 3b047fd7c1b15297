"""An import told as plain data: its six numbers and each row's outcome."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from kith.core.record_types import RecordType
from kith.transfer.judging import Note, duplicate_note
from kith.transfer.models import Import, ImportRow, Outcome
from kith.transfer.queries import rows_of, type_of

NUMBERS = ("total", "created", "updated", "valid", "invalid", "duplicates")
"""valid: the rows that were, or would be, imported. The total is all but these, added up: after
a run created + updated + invalid + duplicates, before it valid + invalid + duplicates."""

AT_ONCE = 2_000


def summary(importing: Import) -> dict[str, Any]:
    numbers = {name: importing.counts.get(name, 0) for name in NUMBERS}
    told = {"mapping": importing.mapping, "new_options": importing.news}
    return {"import": importing.pk, **numbers, **told}


def listed_rows(importing: Import, *, only_problems: bool = False) -> Iterator[dict[str, Any]]:
    """All rows in the order of the sheet, read in steps."""
    record_type = type_of(importing)
    rows = rows_of(importing)
    if only_problems:
        troubled = (Outcome.INVALID, Outcome.DUPLICATE)
        rows = rows.filter(Q(outcome__in=troubled) | Q(warned=True))
    after = 0
    while portion := list(rows.filter(number__gt=after)[:AT_ONCE]):
        for row in portion:
            yield row_json(record_type, row)
        after = portion[-1].number


def row_json(record_type: RecordType, row: ImportRow) -> dict[str, Any]:
    errors = [_told(note) for note in row.problems]
    warnings = [_told(note) for note in row.cautions]
    if row.match and row.outcome in (Outcome.DUPLICATE, Outcome.UPDATED, Outcome.VALID):
        note = duplicate_note(record_type, row.match)
        if row.outcome == Outcome.DUPLICATE or note not in row.cautions:
            warnings.append(_told(note))
    # A duplicate has the code of the record that it is one of.
    record_id = row.record_id or (row.match or {}).get("record_id")
    return {
        "row": row.number,
        "outcome": row.outcome,
        "code": record_type.code_of(record_id) if record_id else None,
        "errors": errors,
        "warnings": warnings,
    }


def _told(note: Note) -> Note:
    return {name: note[name] for name in ("column", "code", "message", "value")}
