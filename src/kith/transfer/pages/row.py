"""One row of an import in review: its cells to be put right, and beside them what is stored."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.accounts.actors import SYSTEM
from kith.accounts.requests import SignedInRequest
from kith.core.errors import NotFound
from kith.core.fields import Field
from kith.core.record_types import RecordType, Values
from kith.records.tables import load_states
from kith.transfer.access import import_for
from kith.transfer.exporting import exportable
from kith.transfer.judging import duplicate_note
from kith.transfer.mapping import fed_by
from kith.transfer.merging import ages_of, differences
from kith.transfer.models import Import, ImportRow, Outcome, Stage
from kith.transfer.options import ImportOptions
from kith.transfer.pages.rows import (
    SHOWN,
    cell_text,
    is_one_of_several,
    notes_of,
    outcome_of,
)
from kith.transfer.pages.steps import steps, url
from kith.transfer.photos import is_photo
from kith.transfer.queries import cells_of, type_of
from kith.transfer.services.amending import (
    FORCE,
    OUT,
    row_choose,
    row_correct,
    sensitive_places,
    values_of,
)
from kith.transfer.services.stages import context_of, options_of
from kith.web.toasts import toast

MOST_BESIDE = 5
"""Of the records that a row may be, so many are shown with what they hold."""
CHOICES = {"out": OUT, "force": FORCE, "rules": ""}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_row(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    importing = import_for(request.user, pk)
    if importing.state != Stage.REVIEW:
        return HttpResponseRedirect(url("show", importing))
    row = ImportRow.objects.filter(parent=importing, number=number).first()
    if row is None:
        raise NotFound
    if request.method == "POST":
        row = _act(importing, row, request.POST)
        if row.outcome != Outcome.INVALID or row.choice == OUT:
            state = outcome_of(row)["label"]
            toast(request, _("Row %(row)d: %(state)s.") % {"row": number, "state": state})
            return HttpResponseRedirect(_back(importing, request.GET))
        return HttpResponseRedirect(request.get_full_path())
    page = _page(importing, row) | {"back": _back(importing, request.GET)}
    return render(request, "transfer/row.html", page)


def _back(importing: Import, asked: QueryDict) -> str:
    """The review, narrowed as it was when the row was opened."""
    shown = asked.get("show", "")
    return url("show", importing) + (f"?show={shown}" if shown in SHOWN else "")


def _act(importing: Import, row: ImportRow, posted: QueryDict) -> ImportRow:
    chosen = str(posted.get("choice", ""))
    if chosen in CHOICES:
        return row_choose(importing=importing, number=row.number, choice=CHOICES[chosen])
    if chosen.isdecimal() and len(chosen) < 19:
        return row_choose(importing=importing, number=row.number, choice="", record_id=int(chosen))
    texts = {
        place: str(posted[f"cell-{place}"])
        for place in range(len(importing.headings))
        if f"cell-{place}" in posted
    }
    return row_correct(importing=importing, number=row.number, texts=texts)


def _page(importing: Import, row: ImportRow) -> dict[str, Any]:
    record_type = type_of(importing)
    options = options_of(importing)
    several = (row.match or {}).get("several", []) if options.updates else []
    names = record_type.label_of(several) if several and record_type.label_of else {}
    return {
        "importing": importing,
        "steps": steps(importing),
        "row": row,
        "outcome": outcome_of(row),
        "columns": _columns(importing, record_type, row),
        "besides": _besides(importing, record_type, row),
        "why": row.match and duplicate_note(record_type, row.match)["message"],
        "several": [(pk, record_type.code_of(pk), names.get(pk, "")) for pk in several],
        "can_force": _can_force(row, options),
        "out": row.choice == OUT,
        "chosen": bool(row.choice),
        "loose": [note["message"] for note in row.problems if not note["column"]],
    }


def _columns(importing: Import, record_type: RecordType, row: ImportRow) -> list[dict[str, Any]]:
    """Those that are imported, beginning with what is to be put right; the empty ones last."""
    cells = cells_of(importing, [row])[row.number]
    notes = notes_of(record_type, row)
    sealed = sensitive_places(importing)
    columns = [
        {
            "place": place,
            "heading": heading,
            "fields": ", ".join(str(record_type.field(name).label) for name in fed_by(mapped)),
            "text": cell_text(cells[place]) if place < len(cells) else "",
            "sealed": place in sealed,
            "photo": place < len(cells) and is_photo(cells[place]),
            "note": notes.get(heading),
            "corrected": str(place) in (row.cells or {}),
        }
        for place, heading in enumerate(importing.headings)
        if (mapped := importing.mapping.get(heading, ""))
    ]
    return sorted(columns, key=lambda each: (each["note"] is None, not each["text"]))


def _above(importing: Import, row: ImportRow) -> dict[str, Any] | None:
    """The row further up that this one is the same as, and where the two differ."""
    number = (row.match or {}).get("row")
    other = ImportRow.objects.filter(parent=importing, number=number).first() if number else None
    if other is None:
        return None
    cells = cells_of(importing, [row, other])
    sealed = sensitive_places(importing)
    mine, theirs = ([cell_text(each) for each in cells[one.number]] for one in (row, other))
    fields = [
        {
            "label": heading,
            "text": theirs[place],
            "differs": theirs[place].casefold() != mine[place].casefold(),
        }
        for place, heading in enumerate(importing.headings[: min(len(mine), len(theirs))])
        if importing.mapping.get(heading) and place not in sealed and theirs[place] + mine[place]
    ]
    return {
        "title": _("Further up in the sheet"),
        "code": _("Row %(row)d") % {"row": number},
        "url": reverse("transfer:row", args=[importing.pk, number]),
        "fields": fields,
    }


def _can_force(row: ImportRow, options: ImportOptions) -> bool:
    """A row that is a duplicate, or is to change somebody whom only a shared number makes the
    same, may be meant for a new one."""
    changes = row.outcome == Outcome.VALID and row.match is not None and options.updates
    return row.choice != FORCE and (row.outcome == Outcome.DUPLICATE or changes)


def _besides(importing: Import, record_type: RecordType, row: ImportRow) -> list[dict[str, Any]]:
    """The records that the row is one of, or may be; else the row further up."""
    match = row.match or {}
    ids = match["several"][:MOST_BESIDE] if is_one_of_several(row) else [match.get("record_id")]
    stored = [_stored(importing, record_type, row, pk) for pk in ids if pk]
    return [each for each in stored or [_above(importing, row)] if each]


def _stored(
    importing: Import, record_type: RecordType, row: ImportRow, pk: int
) -> dict[str, Any] | None:
    """What a record holds, field by field, and what the row would change."""
    user = importing.user or SYSTEM
    if not record_type.visible_to(user).filter(pk=pk).exists():
        return None
    names = {name for mapped in importing.mapping.values() for name in fed_by(mapped)}
    fields = [f for f in exportable(record_type) if f.name in names and not f.sensitive]
    state = load_states(record_type, [pk], fields, viewer=user)[pk]
    return {
        "title": _("What is stored"),
        "code": record_type.code_of(pk),
        "url": reverse(record_type.page, args=[pk]) if record_type.page else "",
        "fields": _compared(importing, row, pk, fields, state),
    }


def _compared(
    importing: Import, row: ImportRow, pk: int, fields: Sequence[Field], state: Values
) -> list[dict[str, Any]]:
    """The fields that hold something, or would."""
    record_type = type_of(importing)
    options, context = options_of(importing), context_of(importing)
    given = values_of(importing, cells_of(importing, [row]))[row.number]
    changes: Values = {}
    if options.updates:
        ages = ages_of(record_type, options, [pk])
        changes = differences(record_type, options, state, given, ages.get(pk))
    return [
        {
            "label": str(field.label),
            "text": field.kind.show(state.get(field.name), context),
            "changes": field.name in changes,
            "differs": field.name in given and given[field.name] != state.get(field.name),
        }
        for field in fields
        if state.get(field.name) not in (None, "", []) or field.name in changes
    ]
