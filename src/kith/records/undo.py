"""Undo of any change set: the inverse where the value is still the one it left, the rest reported.

A large set is undone in steps, newest change first, each step a transaction of its own; the
original set remembers how far the undo has come, so that one that was killed goes on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import groupby
from typing import Any, Self

from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _

from kith.core import clock
from kith.core.among import among
from kith.core.errors import Refused
from kith.core.fields import Field
from kith.core.record_types import RecordType, Values, registry
from kith.core.turns import give_way
from kith.history.models import Action, Change, ChangeSet, Door
from kith.records.bulk import STEP
from kith.records.door import Changes, change_set, kept_of
from kith.records.packing import EMPTY
from kith.records.pointers import gone, unfit
from kith.records.reading import States
from kith.records.tables import load_states, rows_beside, tables_of


@dataclass(frozen=True, slots=True)
class Kept:
    """A change that could not be taken back, because somebody changed it again since.

    `field` is "" when the record as a whole was kept; `unseen`: it is gone, or out of the actor's
    reach, which are told in the same words.
    """

    record_type: str
    record_id: int
    field: str
    left: Any
    now: Any
    unseen: bool = False


@dataclass
class UndoReport:
    undone: int = 0
    kept: list[Kept] = field(default_factory=list)
    change_set_id: int | None = None
    finished: bool = False

    def as_json(self) -> dict[str, Any]:
        """For who goes on with it: with the first thousand that were kept."""
        return {"undone": self.undone, "kept": [asdict(each) for each in self.kept[:1000]]}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Self:
        """What `as_json` gave; of those that were kept, no more than it holds."""
        return cls(values["undone"], [Kept(**each) for each in values["kept"]])


OnStep = Callable[[int, UndoReport], None]


def undo(
    *,
    actor: Any,
    original: ChangeSet,
    on_step: OnStep | None = None,
    report: UndoReport | None = None,
) -> UndoReport:
    """Take a change set back. Raises Refused when that has been done already, or can't be.

    `on_step` is called in the transaction of each step with the number of changes gone through,
    those of an undo that broke off among them, and the report so far; who goes on with such an
    undo gives its report, and gets it back when nothing was left to do.
    """
    if report is not None and original.undone_at is not None:
        return report
    if Change.objects.filter(change_set=original, action=Action.REVEAL).exists():
        raise Refused(_("What somebody has seen can't be taken back."), code="seen")
    report, seen = report or UndoReport(), _gone_through(original)
    while not report.finished:
        seen = _undo_step(actor, original, report, seen, on_step)
        give_way()
    return report


def _gone_through(original: ChangeSet) -> int:
    if original.undone_down_to is None:
        return 0
    return Change.objects.filter(change_set=original, id__gte=original.undone_down_to).count()


def _undo_step(
    actor: Any, original: ChangeSet, report: UndoReport, seen: int, on_step: OnStep | None
) -> int:
    with (
        _held(original) as (fresh, earlier),
        change_set(
            actor=actor, door=Door.UNDO, note=fresh.note, resume=earlier, undoes=fresh
        ) as changes,
    ):
        portion = _next_changes(fresh)
        for (name, action), run in groupby(portion, lambda each: (each.record_type, each.action)):
            _take_back(changes, registry.get(name), Action(action), list(run), report)
        _spare_who_goes(changes, fresh, portion)
        _remember(fresh, portion, changes, report)
        seen += len(portion)
        if on_step:
            on_step(seen, report)
    return seen


@contextmanager
def _held(original: ChangeSet) -> Iterator[tuple[ChangeSet, ChangeSet | None]]:
    """The set as it is now, and the one that its undo has begun. The row lock keeps two people, or
    two workers, from undoing a step at once: who comes second goes on where the first is."""
    with transaction.atomic():
        original = ChangeSet.objects.select_for_update().get(pk=original.pk)
        if original.undone_at is not None:
            raise Refused(_("This has been undone already."), code="undone-already")
        yield original, ChangeSet.objects.filter(undoes=original).order_by("id").first()


def _next_changes(original: ChangeSet) -> Sequence[Change]:
    rows = Change.objects.filter(change_set=original).order_by("-id")
    if original.undone_down_to is not None:
        rows = rows.filter(id__lt=original.undone_down_to)
    return list(rows[:STEP])


def _spare_who_goes(changes: Changes, original: ChangeSet, portion: Sequence[Change]) -> None:
    """Who is taken back in a later step needs no new document now: a person whose links go first.
    Should they stay after all, they get it then."""
    for record_type in registry:
        if record_type.documents and portion and (owed := changes.index.owed(record_type)):
            later = Change.objects.filter(
                among("subject_id", owed),
                subject_type=record_type.name,
                record_type=record_type.name,
                change_set=original,
                action=Action.CREATE,
                id__lt=portion[-1].pk,
            )
            changes.index.spare(record_type, later.values_list("record_id", flat=True))


def _remember(
    original: ChangeSet, portion: Sequence[Change], changes: Changes, report: UndoReport
) -> None:
    report.finished = len(portion) < STEP
    report.change_set_id = changes.record.pk
    if portion:
        original.undone_down_to = portion[len(portion) - 1].pk
    if report.finished:
        original.undone_at = clock.now()
    original.save(update_fields=["undone_down_to", "undone_at"])


def _take_back(
    changes: Changes,
    record_type: RecordType,
    action: Action,
    run: list[Change],
    report: UndoReport,
) -> None:
    # The same record may come twice in a run (an import that fills it twice): newest first.
    while run:
        seen: set[int] = set()
        batch: list[Change] = []
        later: list[Change] = []
        for change in run:
            (later if change.record_id in seen else batch).append(change)
            seen.add(change.record_id)
        _attempt(changes, record_type, action, batch, report)
        run = later


def _attempt(
    changes: Changes,
    record_type: RecordType,
    action: Action,
    batch: list[Change],
    report: UndoReport,
) -> None:
    """All at once; where the database would not have it (a link that was made again), one after
    the other, and what it refuses is kept."""
    _ = changes.record  # Made here, lest it goes when the savepoint is rolled back.
    owed, undone, kept = changes.index.copy(), report.undone, len(report.kept)
    try:
        with transaction.atomic():
            ACTIONS[action](changes, record_type, batch, report)
    except IntegrityError:
        changes.index, report.undone = owed, undone
        del report.kept[kept:]
        if len(batch) == 1:
            report.kept.append(Kept(record_type.name, batch[0].record_id, "", None, None))
            return
        for change in batch:
            _attempt(changes, record_type, action, [change], report)


def _now(changes: Changes, record_type: RecordType, run: Sequence[Change]) -> States:
    """What the records hold now. What the actor may not see counts as gone, unless an
    administrator's setting reached it as well, or the actor gave it away by this very act."""
    ids = [change.record_id for change in run]
    if changes.undoes is None or changes.undoes.door != Door.SETTINGS:
        within = record_type.in_reach or record_type.visible_to
        seen = set(within(changes.actor).filter(among("pk", ids)).values_list("pk", flat=True))
        hidden = [change for change in run if change.record_id not in seen]
        ids = [*seen, *_given_away(changes, hidden)]
    return load_states(record_type, ids, record_type.fields, lock=True)


def _given_away(changes: Changes, hidden: Sequence[Change]) -> set[int]:
    """The records that stand as the actor left them: nothing that others wrote into them since
    can come to light."""
    original = changes.undoes
    if not hidden or original is None or original.actor_id != changes.actor.pk:
        return set()
    later = Change.objects.filter(
        subject_type=hidden[0].subject_type,
        subject_id__in={change.subject_id for change in hidden},
        pk__gt=min(change.pk for change in hidden),
    ).exclude(change_set__in=(original, changes.record))
    touched = set(later.values_list("subject_id", flat=True))
    return {change.record_id for change in hidden if change.subject_id not in touched}


def _take_back_creates(
    changes: Changes, record_type: RecordType, run: list[Change], report: UndoReport
) -> None:
    now = _now(changes, record_type, run)
    used = _referenced(record_type, list(now))
    tracked = [each for each in record_type.fields if each.tracked]
    report.kept += _hidden(
        record_type, [each.record_id for each in run if each.record_id not in now]
    )
    names, gone = frozenset(record_type.tracked), []
    for change in run:
        pk, state = change.record_id, now.get(change.record_id)
        if state is None:
            continue  # Removed already: nothing is left to take back. Or hidden, and so kept.
        if pk not in used and kept_of(names, state) == change.values:
            gone.append(pk)
            continue  # So it is for nearly all of them.
        name = _touched(tracked, change, state)
        if name or pk in used:
            left = change.values.get(name)
            report.kept.append(Kept(record_type.name, pk, name, left, state.get(name)))
        else:
            gone.append(pk)
    changes.remove_many(record_type, gone, now)
    changes.index.again(record_type, {each.record_id for each in run}.difference(gone))
    report.undone += len(gone)


def _touched(tracked: Sequence[Field], change: Change, state: Values) -> str:
    """The first field that holds something else than the change left in it."""
    left = change.values
    for each in tracked:
        was, now = left.get(each.name), state.get(each.name)
        if was == now or (was is None and now in EMPTY):
            continue
        if each.kind.alters(each.empty if was is None else was, now):
            return each.name
    return ""


def _hidden(record_type: RecordType, ids: Sequence[int]) -> list[Kept]:
    """What is there and yet out of the actor's reach stays."""
    there = record_type.model._base_manager.filter(pk__in=ids).order_by("pk")
    return [_unseen(record_type, pk) for pk in there.values_list("pk", flat=True)]


def _unseen(record_type: RecordType, pk: int) -> Kept:
    return Kept(record_type.name, pk, "", None, None, unseen=True)


def _referenced(record_type: RecordType, ids: Sequence[int]) -> set[int]:
    """The ids that rows of other records point to: these can't be taken away."""
    own, beside = tables_of(record_type), rows_beside(record_type)
    used: set[int] = set()
    for other in apps.get_models():
        for column in other._meta.get_fields():
            if isinstance(column, ForeignKey) and column.related_model is record_type.model:
                whole = other in beside or other is record_type.model
                if other in own and not whole and not column.null:
                    continue  # That is the record's own row beside or below it.
                rows = other._base_manager.filter(among(column.attname, ids))
                rows = rows.exclude(**beside[other]) if other in beside else rows
                if other is record_type.model:  # Of themselves, those taken away as well.
                    rows = rows.exclude(among("pk", ids))
                used.update(rows.values_list(column.attname, flat=True))
    return used


def _take_back_updates(
    changes: Changes, record_type: RecordType, run: list[Change], report: UndoReport
) -> None:
    now = _now(changes, record_type, run)
    missing = gone(record_type, [_former(change) for change in run])
    back: dict[int, Values] = {}
    for change in run:
        state = now.get(change.record_id)
        if state is None:
            report.kept.append(_unseen(record_type, change.record_id))
            continue
        values = _inverse(record_type, change, state, report.kept)
        for name in unfit(record_type, values, missing):
            report.kept.append(
                Kept(record_type.name, change.record_id, name, state.get(name), state.get(name))
            )
            del values[name]
        if values:
            back[change.record_id] = values
            report.undone += 1
    changes.update(record_type, now, back)


def _former(change: Change) -> Values:
    return {name: before for name, (before, _after) in change.values.items()}


def _inverse(record_type: RecordType, change: Change, state: Values, kept: list[Kept]) -> Values:
    values: Values = {}
    for name, (before, after) in change.values.items():
        if name not in record_type.by_name:
            continue  # The field was taken out of the declarations since.
        if not record_type.field(name).kind.alters(after, state.get(name)):
            values[name] = before
        else:
            kept.append(Kept(record_type.name, change.record_id, name, after, state.get(name)))
    return values


def _take_back_removes(
    changes: Changes, record_type: RecordType, run: list[Change], report: UndoReport
) -> None:
    there = _now(changes, record_type, run)
    missing = gone(record_type, [change.values for change in run])
    back: dict[int, Values] = {}
    for change in run:
        lost = unfit(record_type, change.values, missing)
        report.kept += [
            Kept(record_type.name, change.record_id, name, change.values[name], None)
            for name in lost
        ]
        if change.record_id not in there and not any(lost.values()):
            back[change.record_id] = {k: v for k, v in change.values.items() if k not in lost}
    changes.insert(record_type, back)
    report.undone += len(back)


Inverse = Callable[[Changes, RecordType, list[Change], UndoReport], None]
ACTIONS: dict[Action, Inverse] = {
    Action.CREATE: _take_back_creates,
    Action.UPDATE: _take_back_updates,
    Action.REMOVE: _take_back_removes,
}
