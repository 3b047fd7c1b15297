"""The rows of an import as a table: the sheet's own cells, and beside each what is wrong."""

from collections.abc import Sequence
from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kith.core.record_types import RecordType
from kith.transfer.judging import duplicate_note
from kith.transfer.models import Import, ImportRow, Outcome, Stage
from kith.transfer.pages.steps import LEVELS
from kith.transfer.photos import is_photo
from kith.transfer.queries import cells_of, find_rows, rows_of, type_of
from kith.transfer.reading.rowfile import Cells
from kith.transfer.services.amending import FORCE, OUT
from kith.transfer.standing import still_made, taken_back

AT_ONCE = 50
MOST_COLUMNS = 12
SHOWN: dict[str, dict[str, Any]] = {
    "all": {},
    "created": {"outcome": Outcome.CREATED},
    "updated": {"outcome": Outcome.UPDATED},
    "valid": {"outcome": Outcome.VALID},
    "there": {"outcome": Outcome.VALID, "there": True},
    "changes": {"outcome": Outcome.VALID, "there": True, "unchanging": False},
    "stays": {"outcome": Outcome.VALID, "unchanging": True},
    "duplicate": {"outcome": Outcome.DUPLICATE},
    "same": {"outcome": Outcome.DUPLICATE, "same": True},
    "invalid": {"outcome": Outcome.INVALID},
    "warned": {"warned": True},
}


def table(importing: Import, shown: str, after: int, text: str = "") -> dict[str, Any]:
    """What `web/wizard/rows.html` draws; `next` is the row number to go on after, if any."""
    rows = rows_of(importing, after=after, **SHOWN[shown])
    if shown == "created" and importing.state == Stage.UNDONE:
        rows = still_made(importing, rows)
    most = AT_ONCE + 1
    found = find_rows(rows, importing, text, most) if text else list(rows[:most])
    page = found[:AT_ONCE]
    record_type = type_of(importing)
    cells = cells_of(importing, page)
    headings = _headings(importing, page, cells)
    drawn = [_row(importing, record_type, row, cells.get(row.number, []), headings) for row in page]
    undone = taken_back(importing, page)
    for row in drawn:
        row["edit"] = row["edit"] and f"{row['edit']}?{urlencode({'show': shown})}"
        if row["number"] in undone:
            row |= {"outcome": {"label": _("Taken back")}, "link": None}
    return {
        "headings": headings,
        "rows": drawn,
        "reasoned": any(row["reasons"] for row in drawn),
        "next": page[-1].number if len(found) > AT_ONCE else None,
    }


def _headings(importing: Import, rows: Sequence[ImportRow], cells: dict[int, Cells]) -> list[str]:
    """The imported columns that fit and hold anything on this page; those that something is
    to be said of stay in any case."""
    told = {note["column"] for row in rows for note in chain(row.problems, row.cautions)}
    told |= {row.match["column"] for row in rows if row.match and row.match.get("column")}
    filled = {
        heading
        for row in cells.values()
        for heading, value in zip(importing.headings, row, strict=False)
        if value not in (None, "")
    }
    mapped = [
        heading
        for heading in importing.headings
        if importing.mapping.get(heading) and (heading in filled or heading in told)
    ]
    kept = set(sorted(mapped, key=lambda heading: heading not in told)[:MOST_COLUMNS])
    return [heading for heading in mapped if heading in kept]


def _row(
    importing: Import,
    record_type: RecordType,
    row: ImportRow,
    cells: Sequence[Any],
    headings: list[str],
) -> dict[str, Any]:
    notes = notes_of(record_type, row)
    values = dict(zip(importing.headings, cells, strict=False))
    return {
        "number": row.number,
        "edit": reverse("transfer:row", args=[importing.pk, row.number])
        if importing.state == Stage.REVIEW
        else "",
        "outcome": outcome_of(row),
        "link": _link(record_type, row),
        "reasons": sorted(notes.values(), key=lambda note: _weight(importing, note)),
        "cells": [_cell(values.get(heading), notes.get(heading)) for heading in headings],
    }


def outcome_of(row: ImportRow) -> dict[str, str]:
    outcome = Outcome(row.outcome)
    if outcome == Outcome.INVALID and row.choice == OUT:
        return {"label": _("Taken out"), "level": ""}
    if outcome == Outcome.DUPLICATE and row.record_id:
        return {"label": _("Nothing new"), "level": ""}
    if outcome == Outcome.DUPLICATE and is_one_of_several(row):
        return {"label": _("One of several"), "level": LEVELS[outcome]}
    if outcome == Outcome.VALID and row.unchanging:
        return {"label": _("Nothing new"), "level": ""}
    if outcome == Outcome.VALID and row.choice != FORCE and (row.match or {}).get("record_id"):
        return {"label": _("Here already"), "level": LEVELS[outcome]}
    return {"label": str(outcome.label).capitalize(), "level": LEVELS[outcome]}


def is_one_of_several(row: ImportRow) -> bool:
    """Whether it is not known yet which of several records the row is."""
    match = row.match or {}
    return "several" in match and not match.get("chosen") and row.choice != FORCE


def notes_of(record_type: RecordType, row: ImportRow) -> dict[str, dict[str, Any]]:
    """By column: the first thing to say about it, problems before cautions."""
    notes = [{**note, "level": "bad"} for note in row.problems]
    if row.match and row.outcome in (Outcome.DUPLICATE, Outcome.VALID, Outcome.UPDATED):
        level = "doubt" if row.outcome == Outcome.DUPLICATE else ""
        notes.append({**duplicate_note(record_type, row.match), "level": level})
    notes += [{**note, "level": "doubt"} for note in row.cautions]
    return {note["column"]: note for note in reversed(notes)}


def _cell(value: Any, note: dict[str, Any] | None) -> dict[str, Any]:
    text = _("(a photo)") if is_photo(value) else cell_text(value)
    shown = {"value": text[:120] + "…" if len(text) > 120 else text}
    if not note:
        return shown
    return shown | {"level": note["level"], "heading": note["column"]}


def _weight(importing: Import, note: dict[str, Any]) -> tuple[bool, int]:
    """What must be put right comes first, each in the order of the sheet."""
    column = note["column"]
    place = importing.headings.index(column) if column in importing.headings else -1
    return note["level"] != "bad", place


def cell_text(value: Any) -> str:
    return value["d"] if isinstance(value, dict) else "" if value is None else str(value)


def _link(record_type: RecordType, row: ImportRow) -> dict[str, str] | None:
    """To the record the row became, or the one that it is a duplicate of."""
    record_id = row.record_id
    if not record_id and row.choice != FORCE and not is_one_of_several(row):
        record_id = (row.match or {}).get("record_id")
    if not record_id or not record_type.page:
        return None
    return {
        "label": record_type.code_of(record_id),
        "url": reverse(record_type.page, args=[record_id]),
    }


def nothing_to_show() -> dict[str, str]:
    """What is said for each way of narrowing the rows when there are none."""
    return {
        "all": _("The sheet has no rows below its headings."),
        "created": _("No row made a new contact."),
        "updated": _("No row changed a contact."),
        "valid": _("No row is ready."),
        "there": _("No row is here already."),
        "changes": _("No row would change a contact."),
        "stays": _("No row is without anything new."),
        "duplicate": _("No row is here already."),
        "same": _("No row is without anything new."),
        "invalid": _("No row has to be put right."),
        "warned": _("No row needs a second look."),
    }
