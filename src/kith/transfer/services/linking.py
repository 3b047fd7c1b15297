"""The last stage of a run: what rows say of other rows (a company, a relation) is resolved."""

from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from kith.core.among import among
from kith.core.errors import Problem
from kith.core.fields import Elsewhere, Field
from kith.core.kinds.grouped import Grouped
from kith.core.kinds.kind import Context
from kith.core.meanwhile import helped
from kith.core.record_types import RecordType, Values
from kith.core.turns import give_way
from kith.history.models import Door
from kith.records.bulk import update_rows
from kith.records.door import Changes, change_set
from kith.records.tables import load_states
from kith.transfer.merging import differences, says_the_same
from kith.transfer.models import Import, ImportRow, Outcome
from kith.transfer.plan import Plan
from kith.transfer.queries import type_of
from kith.transfer.rowlines import Line, read_later
from kith.transfer.services.amending import lines_amended, numbers_amended
from kith.transfer.services.portions import Ahead, portions
from kith.transfer.services.stages import (
    Report,
    actor_of,
    context_of,
    options_of,
    still_ours,
)
from kith.transfer.workspace import later_path

AT_ONCE = 2
"""Portions that are linked together: that is a third of the work of making the records."""

Wish = tuple[int, int, Values]
"""(row number, record id, what the row says of other rows)"""


def link_rows(importing: Import, report: Report) -> None:
    """Do what the rows say of other rows, once all records are there; goes on from `place`."""
    if type_of(importing).connect is None:
        return
    context, amended = context_of(importing), numbers_amended(importing)
    read = Ahead(portions(_lines(importing, amended), AT_ONCE))
    with helped() as helper:
        for lines in read:
            helper.when_idle(read.fetch)
            _link(importing, context, lines, report)
        if amended:
            for lines in portions(_lines_amended(importing), AT_ONCE):
                _link(importing, context, lines, report)


def _lines(importing: Import, amended: set[int]) -> Iterator[Line]:
    path, place = later_path(importing), importing.place
    if place < path.stat().st_size:
        for line in read_later(path, place):
            if line.number not in amended:
                yield line


def _lines_amended(importing: Import) -> Iterator[Line]:
    size = later_path(importing).stat().st_size
    yield from lines_amended(importing, max(0, importing.place - size), size, later=True)


def _link(importing: Import, context: Context, lines: Sequence[Line], report: Report) -> None:
    with change_set(
        actor=actor_of(importing),
        door=Door.IMPORT,
        note=importing.filename,
        resume=importing.change_set,
        context=context,
    ) as changes:
        still_ours(importing)
        _connect(importing, changes, lines)
        _remember(importing, changes, lines[-1].end, report)
    give_way()


def _connect(importing: Import, changes: Changes, lines: Sequence[Line]) -> None:
    record_type = type_of(importing)
    numbers = [line.number for line in lines]
    rows = ImportRow.objects.filter(
        among("number", numbers), parent=importing, record_id__isnull=False
    ).values_list("number", "record_id", "outcome")
    made = {number: pk for number, pk, _outcome in rows if pk}
    outcomes = {number: outcome for number, _pk, outcome in rows}
    wished = [(line.number, made[line.number], line.values) for line in lines
              if line.number in made]  # fmt: skip
    told = _wanted(importing, wished, outcomes)
    assert record_type.connect
    cautions = record_type.connect(changes, [(pk, values) for _number, pk, values in told])
    changed = [number for number, pk, values in told if outcomes[number] == Outcome.DUPLICATE
               and _holds(record_type, values, cautions.get(pk, ()))]  # fmt: skip
    _note_changed(importing, changed)
    if cautions:
        _note(importing, numbers, cautions)


def _wanted(importing: Import, wished: Sequence[Wish], outcomes: dict[int, str]) -> list[Wish]:
    """Without what the records say already, where rows met ones that were there: a row that
    only fills blanks leaves the company as it is."""
    if all(outcome == Outcome.CREATED for outcome in outcomes.values()):
        return list(wished)
    record_type, options = type_of(importing), options_of(importing)
    named = {name for _number, _pk, values in wished for name in values}
    fields = [record_type.field(name) for name in record_type.later if name in named]
    ids = [pk for _number, pk, _values in wished]
    states = load_states(record_type, ids, fields, viewer=actor_of(importing))
    told = []
    for number, pk, values in wished:
        state = states.get(pk, {})
        new = values
        if outcomes[number] != Outcome.CREATED:
            different = differences(record_type, options, state, values)
            new = {
                n: v
                for n, v in different.items()
                if n in values and not says_the_same(v, state.get(n))
            }
        state |= {n: _after(record_type.field(n), state, v) for n, v in new.items()}
        told.append((number, pk, new))
    return [wish for wish in told if wish[2]]


def _after(field: Field, state: Values, value: Any) -> Any:
    if isinstance(field.kind, Grouped):
        return field.kind.after(state.get(field.name) or [], value)
    return value


def _holds(record_type: RecordType, values: Values, cautions: Sequence[Problem]) -> bool:
    """Whether the values are ones that the record shows, and not only a wish for a link, or one
    that could not be fulfilled."""
    kept = values.keys() - {each.field for each in cautions}
    storages = [record_type.field(name).storage for name in kept]
    return any(not isinstance(each, Elsewhere) or each.load for each in storages)


def _note_changed(importing: Import, changed: Sequence[int]) -> None:
    """Rows that had nothing else to say have changed their record all the same."""
    mine = (("parent_id", importing.pk),)
    rows = [(Outcome.UPDATED.value, number) for number in changed]
    update_rows(ImportRow, ("outcome",), rows, key="number", fixed=mine)
    importing.counts["updated"] += len(changed)
    importing.counts["valid"] += len(changed)
    importing.counts["duplicates"] -= len(changed)


def _note(importing: Import, numbers: Sequence[int], cautions: dict[int, list[Problem]]) -> None:
    plan = Plan(type_of(importing), importing.headings, importing.mapping)
    rows = ImportRow.objects.filter(
        among("number", numbers), parent=importing, record_id__in=list(cautions)
    )
    told = []
    for number, pk, notes in rows.values_list("number", "record_id", "cautions"):
        importing.counts["cautions"] += not notes
        notes += [{**each.as_json(), "column": plan.column(each.field)}
                  for each in cautions[pk or 0]]  # fmt: skip
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
    counts = importing.counts
    report(counts["created"] + counts["updated"], counts["valid"])
