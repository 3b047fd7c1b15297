"""Merging options: several become one, wherever they are held. The others' names stay understood.

A portion at a time, each a transaction of its own in one change set; what is still held by the
others is what remains to be done, so a merge that was killed goes on where it was.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import F, UniqueConstraint
from django.utils.translation import gettext as _

from kith.core.errors import NotFound
from kith.core.fields import Field, Own, Value
from kith.core.holding import hold
from kith.core.record_types import RecordType, Values, registry
from kith.history.models import ChangeSet, Door
from kith.records.checking import Checked
from kith.records.door import Changes, change_set
from kith.records.labels import NAMES
from kith.records.reading import States
from kith.records.resuming import Step
from kith.records.tables import load_states
from kith.reference.models import Option
from kith.reference.services.options import save
from kith.reference.usage import Place, holders, places, usage

PORTION = 500
"""Records in one transaction; a merge that touches more is a job."""


def options_to_merge(list_name: str, ids: Sequence[int]) -> list[Option]:
    """Those of the list that stand for themselves. Raises NotFound."""
    rows = Option.objects.filter(list_name=list_name, pk__in=ids, same_as=None)
    found = list(rows.order_by("position", "folded"))
    if not found:
        raise NotFound
    return found


def values_to_move(list_name: str, ids: Sequence[int]) -> int:
    return usage(list_name, ids).total()


def options_merge(
    *,
    actor: Any,
    keep: Option,
    others: Sequence[Option],
    resume: ChangeSet | None = None,
    on_step: Step | None = None,
) -> ChangeSet:
    """Everything that holds one of the others holds `keep` instead, and they become its names.

    `on_step` is called inside each transaction with the number of records gone through so far.
    """
    names = ", ".join(each.name for each in others)
    note = _("%(others)s merged into %(name)s") % {"others": names, "name": keep.name}
    gone = [each.pk for each in others]
    begin = partial(change_set, actor=actor, door=Door.SETTINGS, note=note)
    record = _merge(begin, keep, gone, resume, on_step)
    if connection.vendor == "postgresql":
        again = partial(_merge_late_ones, begin, keep, gone, record)
        transaction.on_commit(again, robust=True)
    return record


def _merge(
    begin: Callable[..., Any],
    keep: Option,
    gone: Sequence[int],
    resume: ChangeSet | None,
    on_step: Step | None = None,
) -> ChangeSet:
    total, portion = 0, PORTION
    while portion >= PORTION:
        with begin(resume=resume) as changes:
            hold("options")
            _retire(changes, keep, gone)
            portion = _repoint(changes, keep, gone)
            total, resume = total + portion, changes.record
            if on_step:
                on_step(total, resume)
    assert resume
    return resume


def _merge_late_ones(
    begin: Callable[..., Any], keep: Option, gone: Sequence[int], record: ChangeSet
) -> None:
    """Who was giving a record one of the others had not ended, and so was not seen. They are
    waited for with nothing else in hand, lest each wait for the other."""
    for pk in gone:
        with transaction.atomic():
            Option.objects.select_for_update().filter(pk=pk).first()
    for name in (NAMES, "documents"):
        with transaction.atomic():
            hold(name)
    _merge(begin, keep, gone, record)


def _retire(changes: Changes, keep: Option, gone: Sequence[int]) -> None:
    """Nobody finds the others any more: whoever names them means `keep`."""
    former = Option.objects.filter(same_as__in=gone).values_list("pk", flat=True)
    values = {"archived": True, "same_as": keep.pk}
    save(changes, dict.fromkeys([*gone, *former], values))


def _repoint(changes: Changes, keep: Option, gone: Sequence[int]) -> int:
    """One portion of the records that still hold one of the others; gives how many."""
    done = 0
    by_type: dict[str, list[Place]] = defaultdict(list)
    for place in places(keep.list_name):
        by_type[place.record_type.name].append(place)
    for name, found in by_type.items():
        if done < PORTION:
            ids = {pk for place in found for pk in holders(place, gone, PORTION - done)}
            states = load_states(
                registry.get(name), sorted(ids), [place.field for place in found], lock=True
            )
            _repoint_records(changes, found, states, keep, gone)
            done += len(ids)
    return done


def _repoint_records(
    changes: Changes, found: Sequence[Place], states: States, keep: Option, gone: Sequence[int]
) -> None:
    if not states:
        return
    record_type = found[0].record_type
    fields = [place.field for place in found]
    doubled: dict[int, int] = {}
    for place in found:
        doubled |= _doubled(place, keep.pk, states)
    beside = load_states(record_type, sorted({*doubled, *doubled.values()}), record_type.fields)
    drafts = [
        Checked({f.name: _moved(f, state[f.name], keep.pk, gone) for f in fields}, id=pk)
        for pk, state in states.items()
        if pk not in doubled
    ]
    changes.remove_many(record_type, sorted(doubled))
    if drafts:
        changes.save_many(record_type, drafts)
    fills = [_filled(record_type, pk, beside[pk], beside[goes]) for goes, pk in doubled.items()]
    if fills := [each for each in fills if each.values]:
        changes.save_many(record_type, fills)


def _filled(record_type: RecordType, pk: int, stays: Values, goes: Values) -> Checked:
    """What is said only of the one that goes is said of the one that stays: that it is primary."""
    names = [each.name for each in record_type.fields if each.tracked and not each.system]
    values = {name: goes[name] for name in names if goes.get(name) and not stays.get(name)}
    return Checked(values, id=pk)


def _moved(field: Field, value: Value, keep: int, gone: Sequence[int]) -> Value:
    if field.kind.many:
        return list(dict.fromkeys(keep if each in gone else each for each in value))
    return keep if value in gone else value


def _doubled(place: Place, keep: int, states: States) -> dict[int, int]:
    """Records that would say the same as another one, with the id of that: two links by relations
    that are one now."""
    found: dict[int, int] = {}
    if not isinstance(place.field.storage, Own):
        return found
    for constraint in place.model._meta.constraints:
        columns = _beside(place, constraint)
        if columns:
            found |= _again(place, columns, keep, list(states))
    return found


def _beside(place: Place, constraint: Any) -> list[str]:
    """The other columns of a uniqueness that the option's column is part of."""
    if not isinstance(constraint, UniqueConstraint) or constraint.condition is not None:
        return []
    columns = {each.name: each.attname for each in place.model._meta.concrete_fields}
    names = {columns[name] for name in constraint.fields}
    return sorted(names - {place.column}) if place.column in names else []


def _again(place: Place, columns: Sequence[str], keep: int, ids: Sequence[int]) -> dict[int, int]:
    rows = place.model._base_manager.annotate(option=F(place.column))
    holding = list(rows.filter(pk__in=ids).order_by("pk").values_list("pk", *columns))
    near = rows.filter(option=keep, **{f"{columns[0]}__in": {row[1] for row in holding}})
    rest = near.exclude(pk__in=ids).values_list("pk", *columns)
    there = {tuple(values): pk for pk, *values in rest}
    found = {}
    for pk, *values in holding:
        other = there.setdefault(tuple(values), pk)
        if other != pk:
            found[pk] = other
    return found
