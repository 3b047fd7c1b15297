"""The last stage of a run: what rows say of other rows (a company, a relation) is resolved."""

from collections.abc import Sequence
from typing import Any

import orjson

from kith.core.errors import Problem
from kith.history.models import Door
from kith.records.bulk import update_rows
from kith.records.door import Changes, change_set
from kith.transfer.models import Import, ImportRow
from kith.transfer.plan import Plan
from kith.transfer.queries import type_of
from kith.transfer.rowlines import Line, read_later
from kith.transfer.services.portions import portions
from kith.transfer.services.stages import Report, actor_of, context_of
from kith.transfer.workspace import later_path


def link_rows(importing: Import, report: Report) -> None:
    record_type = type_of(importing)
    if record_type.connect is None:
        return
    context = context_of(importing)
    for lines in portions(read_later(later_path(importing), importing.place)):
        with change_set(
            actor=actor_of(importing),
            door=Door.IMPORT,
            note=importing.filename,
            resume=importing.change_set,
            context=context,
        ) as changes:
            _connect(importing, changes, lines)
            _remember(importing, changes, lines[-1].end, report)


def _connect(importing: Import, changes: Changes, lines: Sequence[Line]) -> None:
    record_type = type_of(importing)
    rows = ImportRow.objects.filter(
        parent=importing,
        number__in=[line.number for line in lines],
    ).values_list("number", "record_id", "cautions")
    made = {number: (pk, notes) for number, pk, notes in rows if pk is not None}
    pairs = [(made[line.number][0], line.values) for line in lines if line.number in made]
    assert record_type.connect
    cautions = record_type.connect(changes, pairs)
    if cautions:
        _note(importing, made, cautions)


def _note(
    importing: Import, made: dict[int, tuple[int, list[Any]]], cautions: dict[int, list[Problem]]
) -> None:
    plan = Plan(type_of(importing), importing.headings, importing.mapping)
    told = []
    for number, (pk, notes) in made.items():
        if pk in cautions:
            importing.counts["cautions"] += not notes
            notes += [{**each.as_json(), "column": plan.column(each.field)}
                      for each in cautions[pk]]  # fmt: skip
            told.append((True, orjson.dumps(notes).decode(), number))
    update_rows(
        ImportRow,
        ("warned", "cautions"),
        told,
        key="number",
        fixed=(("parent_id", importing.pk),),
    )


def _remember(importing: Import, changes: Changes, place: int, report: Report) -> None:
    importing.place = place
    if changes.changed_anything:
        importing.change_set = changes.record
    importing.save(update_fields=["place", "change_set", "counts"])
    report(importing.counts["created"], importing.counts["valid"])
