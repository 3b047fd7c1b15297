"""The one write door. Every change to a record, from wherever, goes through `change_set`.

    with change_set(actor=user, door=Door.SCREEN) as changes:
        changes.save_many(CONTACT, [Draft({"name": "Anjali Smithson"})])

In one transaction, and in a number of queries that does not depend on the size of the set, it
checks values, writes rows, writes history and keeps the search index; `after_commit` work runs
when all of that stands. A set is at most some thousands of records: who has more opens the same
change set again for each portion (`resume`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from kith.core import clock
from kith.core.beforehand import Unforeseen, beforehand
from kith.core.errors import Clash, Conflict, NotFound, Rejected
from kith.core.kinds.kind import Context
from kith.core.meanwhile import all_done
from kith.core.record_types import RecordType, Values
from kith.history.models import Action, Change, ChangeSet, Door
from kith.history.writing import COLUMNS, Entry, change_rows, forget
from kith.records.bulk import allocate_ids, database_time, insert_rows
from kith.records.checking import Checked, Draft, check
from kith.records.indexing import Pending
from kith.records.inserting import insert_states
from kith.records.reading import States
from kith.records.removing import delete_states, referring
from kith.records.tables import (
    fields_beside,
    load_states,
    update_states,
)
from kith.records.uniqueness import check_unique

CREATED = "created_at"


@contextmanager
def change_set(
    *,
    actor: Any,
    door: Door | str,
    note: str = "",
    resume: ChangeSet | None = None,
    undoes: ChangeSet | None = None,
    context: Context | None = None,
) -> Iterator["Changes"]:
    """Open the write door. Raises Rejected or Conflict; then nothing was written.

    `context` is what raw values are read with: countries, options, users.
    """
    with transaction.atomic(), all_done():
        changes = Changes(actor, Door(door), note, resume, undoes, context or Context())
        yield changes
        changes.index.write()


@dataclass
class Changes:
    """An open change set. `record` is its row in history, made when the first change is."""

    actor: Any
    door: Door
    note: str = ""
    _record: ChangeSet | None = None
    undoes: ChangeSet | None = None
    context: Context = field(default_factory=Context)
    index: Pending = field(default_factory=Pending)
    # The ids of what is being prepared, in the order of the values; None is a new record.
    targets: Sequence[int | None] = ()
    updated: int = 0
    """How many records were changed: those that held already what was written are not."""

    @property
    def record(self) -> ChangeSet:
        """The row of the set, made when something has changed: who changes nothing leaves none."""
        if self._record is None:
            self._record = ChangeSet.objects.create(
                actor_id=self.actor.pk,
                door=self.door,
                note=self.note[:200],
                created_at=clock.now(),
                undoes=self.undoes,
            )
        return self._record

    @property
    def changed_anything(self) -> bool:
        return self._record is not None

    def save(self, record_type: RecordType, draft: Draft | Checked) -> int:
        """A set of one. Returns the record's id."""
        return self.save_many(record_type, [draft])[0]

    def save_many(
        self, record_type: RecordType, drafts: Sequence[Draft | Checked]
    ) -> Sequence[int]:
        """Make and change records; returns their ids in the order of the drafts.

        Raises Rejected (problems with field and index), Conflict, or NotFound for an absent id.
        """
        checked = self._checked(record_type, drafts)
        if record_type.prepare:
            self.targets = [each.id for each in checked]
            record_type.prepare(self, [each.values for each in checked])
        before = self._before(record_type, checked)
        settled = _settled(record_type, checked, before)
        check_unique(record_type, self.actor, [each.id for each in checked], settled)
        _complete(record_type, before, settled)
        new = _given_ids(record_type, checked)
        self.insert(record_type, self._fresh(record_type, checked, settled, new))
        self.update(record_type, before, _by_record(checked, settled, before))
        return [each.id for each in checked if each.id is not None]

    def _checked(self, record_type: RecordType, drafts: Sequence[Draft | Checked]) -> list[Checked]:
        checked = [
            each if isinstance(each, Checked) else check(record_type, each, self.context, index)
            for index, each in enumerate(drafts)
        ]
        problems = [problem for each in checked for problem in each.problems]
        if problems:
            raise Rejected(problems)
        return checked

    def _before(self, record_type: RecordType, checked: Sequence[Checked]) -> States:
        ids = [each.id for each in checked if each.id is not None]
        if not ids:
            return {}
        named = {name for each in checked if each.id is not None for name in each.values}
        before = load_states(record_type, ids, fields_beside(record_type, named), lock=True)
        if len(before) < len(set(ids)):
            raise NotFound
        late = {
            each.id
            for each in checked
            if each.id is not None and each.version not in (None, before[each.id]["version"])
        }
        if late:
            raise Conflict(self._clashes(record_type, sorted(late)))
        return before

    def _clashes(self, record_type: RecordType, ids: Sequence[int]) -> list[Clash]:
        now = load_states(record_type, ids, record_type.fields, viewer=self.actor)
        return [Clash(pk, state["version"], state) for pk, state in now.items()]

    def _fresh(
        self,
        record_type: RecordType,
        checked: Sequence[Checked],
        settled: Sequence[Values],
        new: Sequence[int],
    ) -> dict[int, Values]:
        # One moment for the whole set: what came in together is not put in an order of its own.
        made = {CREATED: clock.now().isoformat()} if CREATED in record_type.by_name else {}
        fresh: dict[int, Values] = {}
        for index in new:
            pk = checked[index].id
            assert pk is not None
            values = made | record_type.defaults(self.actor, pk) | settled[index]
            fresh[pk] = record_type.complete(pk, values)
        return fresh

    def insert(self, record_type: RecordType, states: Mapping[int, Values]) -> None:
        """Put new records in whole, under the ids given. The values are trusted."""
        if not states:
            return
        self.index.expect(record_type, states)
        extra = {"updated_at": database_time(clock.now()), "version": 1}
        insert_states(record_type, states, extra=extra)
        tracked = frozenset(record_type.tracked)
        entries = [
            Entry(Action.CREATE, pk, kept_of(tracked, state), state) for pk, state in states.items()
        ]
        self._write_history(record_type, entries)
        self.index.add(record_type, states)
        _write_elsewhere(self, record_type, states)

    def update(self, record_type: RecordType, before: States, values: Mapping[int, Values]) -> None:
        """Write what differs from `before`. The values are trusted."""
        changed = {
            pk: difference
            for pk, each in values.items()
            if (difference := _difference(record_type, before[pk], each))
        }
        self.updated += len(changed)
        if changed:
            extra = {"updated_at": database_time(clock.now())}
            update_states(record_type, changed, extra=extra)
            self._write_history(record_type, _updates(before, changed))
            names = {name for each in changed.values() for name in each}
            self.index.changed(record_type, list(changed), names)
            if record_type.changed:
                former = {pk: {n: before[pk].get(n) for n in each} for pk, each in changed.items()}
                record_type.changed(self.actor, former)
        _write_elsewhere(self, record_type, values)

    def remove_many(
        self, record_type: RecordType, ids: Sequence[int], known: States | None = None
    ) -> None:
        """Take records away for good; history keeps what they held, so that undo can bring
        them back under the same ids. `known`: all that they hold, by who has just read it."""
        if known is None:
            before = load_states(record_type, ids, record_type.fields, lock=True)
        else:
            before = {pk: known[pk] for pk in ids}
        if not before:
            return
        tracked = frozenset(record_type.tracked)
        entries = [
            Entry(Action.REMOVE, pk, kept_of(tracked, state), state) for pk, state in before.items()
        ]
        self._write_history(record_type, entries)
        self.index.stale(record_type, list(before))
        delete_states(record_type, list(before))

    def erase_many(self, record_type: RecordType, ids: Sequence[int]) -> int:
        """Take records away with all that points to them and with their history; returns how
        many. Nothing brings them back; that it was done stays in the change set's note."""
        before = load_states(record_type, ids, [], lock=True)
        if not before:
            return 0
        _ = self.record  # It is made, for its note.
        gone = list(before)
        for other, rows in referring(record_type, gone):
            self.index.stale(other, rows)
            delete_states(other, rows)
        self.index.stale(record_type, gone)
        delete_states(record_type, gone)
        forget(record_type.name, gone)
        return len(gone)

    def note_revealed(self, record_type: RecordType, shown: Mapping[int, Sequence[str]]) -> None:
        """Write down that the actor was shown these sensitive fields, by record."""
        ends = [record_type.field(name) for name in record_type.subjects]
        states = load_states(record_type, list(shown), ends)
        entries = [
            Entry(Action.REVEAL, pk, dict.fromkeys(shown[pk]), state)
            for pk, state in states.items()
        ]
        self._write_history(record_type, entries)

    def _write_history(self, record_type: RecordType, entries: Sequence[Entry]) -> None:
        if record_type.forget:
            record_type.forget()
            self.after_commit(record_type.forget)
        insert_rows(Change, COLUMNS, list(change_rows(self.record, record_type, entries)))

    def after_commit(self, work: Callable[[], None]) -> None:
        """Run `work` when everything of this set stands in the database, else never. Raises
        Unforeseen where a set is made beforehand: it may come to nothing."""
        if beforehand():
            raise Unforeseen
        transaction.on_commit(work)


def _given_ids(record_type: RecordType, checked: Sequence[Checked]) -> list[int]:
    """The places of those that are new, which have their ids now."""
    new = [place for place, each in enumerate(checked) if each.id is None]
    ids = allocate_ids(record_type.model, len(new)) if new else ()
    for place, pk in zip(new, ids, strict=True):
        checked[place].id = pk
    return new


def _by_record(
    checked: Sequence[Checked], settled: Sequence[Values], before: States
) -> dict[int, Values]:
    """The values of those that stand already."""
    stored: dict[int, Values] = {}
    for each, values in zip(checked, settled, strict=True):
        if each.id in before:
            # One set may name a record twice: both drafts count, the later one more.
            stored.setdefault(each.id, {}).update(values)
    return stored


def _settled(record_type: RecordType, checked: Sequence[Checked], before: States) -> list[Values]:
    settled, problems = [], []
    for index, each in enumerate(checked):
        values, found = record_type.settle(before.get(each.id or 0, {}), each.values)
        settled.append(values)
        problems += [replace(problem, index=index) for problem in found]
    if problems:
        raise Rejected(problems)
    return settled


def _complete(record_type: RecordType, before: States, settled: Sequence[Values]) -> None:
    """Load what the cross-field rules set besides, so that history has its former values."""
    known = {name for state in before.values() for name in state}
    missing = {name for values in settled for name in values} - known
    fields = [each for each in record_type.fields if each.name in missing and each.tracked]
    if before and fields:
        for pk, state in load_states(record_type, list(before), fields).items():
            before[pk] |= state


def kept_of(tracked: frozenset[str], state: Values) -> Values:
    """What history holds of a whole record: the tracked fields that are not empty."""
    return {
        name: value
        for name, value in state.items()
        if name in tracked and (value or (value is not None and value not in ("", [])))
    }


def _updates(before: States, changed: Mapping[int, Values]) -> list[Entry]:
    """What history keeps of each: [before, after] of what has changed."""
    return [
        Entry(
            Action.UPDATE,
            pk,
            {name: [before[pk].get(name), new] for name, new in each.items()},
            before[pk] | each,
        )
        for pk, each in changed.items()
    ]


def _difference(record_type: RecordType, before: Values, values: Values) -> Values:
    return {
        name: value
        for name, value in values.items()
        if record_type.field(name).tracked
        and record_type.field(name).kind.alters(before.get(name), value)
    }


def _write_elsewhere(
    changes: Changes, record_type: RecordType, states: Mapping[int, Values]
) -> None:
    """Hand on the values that other records hold (a company's name makes a link)."""
    for field_ in record_type.fields:
        write = getattr(field_.storage, "write", None)
        if write is None:
            continue
        named = {pk: state[field_.name] for pk, state in states.items() if field_.name in state}
        if named:
            write(changes, named)
