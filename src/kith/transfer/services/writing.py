"""A portion of checked rows becomes records, or changes them, in one transaction."""

import logging
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from kith.core.aside import Aside, Gone, can_fork
from kith.core.beforehand import Memory, Unforeseen, making
from kith.core.errors import Problem, Rejected
from kith.core.holding import hold
from kith.core.kinds.kind import Context
from kith.core.meanwhile import helper
from kith.core.record_types import RecordType, Values
from kith.core.shapes import shapes
from kith.history.models import Door
from kith.records.bulk import tell_rows, update_rows
from kith.records.checking import Checked
from kith.records.door import Changes, change_set
from kith.records.tables import load_states
from kith.transfer.judging import NOT_THERE, held_back
from kith.transfer.matching import rules_of
from kith.transfer.merging import ages_of, differences, still_different
from kith.transfer.models import Import, ImportRow, Outcome
from kith.transfer.plan import Plan
from kith.transfer.queries import type_of
from kith.transfer.rowlines import Line
from kith.transfer.services.ready import Ready
from kith.transfer.services.sorting import Sorted, sort_lines
from kith.transfer.services.stages import (
    Report,
    actor_of,
    context_of,
    options_of,
    still_ours,
)

Taken = dict[int, int]
"""By row number: the record that the row has changed."""

log = logging.getLogger(__name__)
MOST_MISSES = 3
"""So often in turn a portion is made beforehand for nothing."""


@dataclass
class Writer:
    importing: Import
    report: Report

    def __post_init__(self) -> None:
        self.record_type: RecordType = type_of(self.importing)
        self.options = options_of(self.importing)
        self.context: Context = context_of(self.importing)
        self.plan = Plan(self.record_type, self.importing.headings, self.importing.mapping)
        self.actor: Any = actor_of(self.importing)
        self.rules = rules_of(self.record_type, self.options)
        self.ahead: Aside[Ready] | None = None
        self.ready: Ready | None = None
        self.shape: Any = None
        self.misses = 0

    def look_ahead(self, later: Callable[[], Iterator[list[Line]]]) -> None:
        """Let a second process make the records of the portions that come later, as if all of
        them were new ones: they are only told to the database if they are, and nothing else turns
        out to be different."""
        begun = self.importing.change_set and helper()
        if begun and not self.ahead and self.misses <= MOST_MISSES and can_fork():
            self.shape = self.record_type.shape
            self.ahead = Aside(lambda: self._made_ahead(later()))

    def fetch(self) -> None:
        """Take from the second process what it has made of the next portion."""
        if self.ahead and not self.ready:
            with suppress(StopIteration, Gone):
                self.ready = next(self.ahead)

    def close(self) -> None:
        """End the second process; what it has made and nobody took is lost."""
        self.ready = None
        if self.ahead:
            self.ahead.close()
            self.ahead = None

    def _made_ahead(self, later: Iterator[list[Line]]) -> Generator[Ready, None, None]:
        """Until one can't be made so: that one is made, or refused, when its turn has come."""
        helping, counts = helper(), self.importing.counts
        assert helping
        for lines in later:
            try:
                yield self._made(lines, helping.memory)
            except Unforeseen:
                return
            except Exception:
                log.info("A portion could not be made beforehand", exc_info=True)
                return
            counts["created"] += len(lines)

    def _made(self, lines: Sequence[Line], memory: Memory) -> Ready:
        changes = Changes(
            self.actor,
            Door.IMPORT,
            self.importing.filename,
            self.importing.change_set,
            context=self.context,
        )
        with making(self.record_type.model._meta.db_table, memory) as made:
            self._save(changes, lines, [self._draft(line.values) for line in lines])
            changes.index.write()
        return Ready.of(lines, self.importing.counts["created"], made)

    def write(self, lines: Sequence[Line], refused: Problem | None = None) -> None:
        """One transaction. What a rule or the database refuses is looked for by halves and
        becomes invalid; the other rows of the portion are written."""
        shapes.look_again()
        try:
            self._write(lines, refused)
        except (Rejected, DataError, IntegrityError) as error:
            # The transaction was rolled back, and what it had set on the import with it.
            self.importing.refresh_from_db()
            self.context = context_of(self.importing)
            self.close()
            if helping := helper():
                helping.memory.spare.clear()
            if refused:  # That it was refused could not be written either.
                raise
            if len(lines) == 1:
                self.write(lines, _refusal(error, lines[0], self.record_type))
            else:
                middle = len(lines) // 2
                self.write(lines[:middle])
                self.write(lines[middle:])

    def _write(self, lines: Sequence[Line], refused: Problem | None) -> None:
        with change_set(
            actor=self.actor,
            door=Door.IMPORT,
            note=self.importing.filename,
            resume=self.importing.change_set,
            context=self.context,
        ) as changes:
            still_ours(self.importing)
            if refused:
                self._note_problem(lines, refused)
            else:
                found = self._sorted(lines)
                if ready := self._ready_for(lines, found):
                    self._tell(changes, lines, ready)
                    return
                self._apply(changes, found)
            self._remember(changes, lines[-1].end)

    def _ready_for(self, lines: Sequence[Line], found: Sorted) -> Ready | None:
        if not self.ahead:
            return None
        self.fetch()
        ready, self.ready = self.ready, None
        known, created = self.record_type.shape is self.shape, self.importing.counts["created"]
        if ready and known and ready.fits(self.record_type, lines, found, created):
            self.misses = 0
            return ready
        self.misses += 1
        self.close()
        return None

    def _tell(self, changes: Changes, lines: Sequence[Line], ready: Ready) -> None:
        """What asks something comes first: it would wait until all is stored."""
        self.importing.counts["created"] += len(lines)
        self._remember(changes, lines[-1].end)
        for tell in ready.told:
            tell()
        numbers = (line.number for line in lines)
        self._note_created(dict(zip(numbers, ready.ids, strict=True)))

    def _sorted(self, lines: Sequence[Line]) -> Sorted:
        if self.rules:
            hold(f"import {self.record_type.name}")
        return sort_lines(lines, self.rules, self.options, self.actor, self.plan)

    def _apply(self, changes: Changes, found: Sorted) -> None:
        made, taken = self._create(changes, found)
        changed = self._change(changes, found)
        changes.index.write()  # Before the first question, which waits until all rows are in.
        self._note_made(made)
        merged = {
            line.number: made[creator] for creator, lines in found.merged.items() for line in lines
        }
        stored = {line.number: pk for pk, lines in found.updates.items() for line in lines}
        self._note_there(merged | stored, taken | changed, found.matches)
        self._note_held(found.held)
        if found.hidden:
            self._note_problem(found.hidden, held_back(self.record_type), column="")
        if found.missing:
            field = self.record_type.fields[0].name
            self._note_problem(found.missing, Problem(field, "not-there", NOT_THERE))

    def _create(self, changes: Changes, found: Sorted) -> tuple[Taken, set[int]]:
        """The records made, by row; and the further rows that had something to add to them."""
        drafts, taken = [], set()
        for line in found.new:
            # A copy: a portion that the database refuses is tried again by halves.
            values = dict(line.values)
            ages = dict.fromkeys(values, str(values.get(self.record_type.dated_by) or ""))
            for more in found.merged.get(line.number, ()):
                difference = differences(self.record_type, self.options, values, more.given, ages)
                values |= difference
                taken |= {more.number} if difference else set()
            drafts.append(self._draft(values))
        return self._save(changes, found.new, drafts), taken

    def _save(self, changes: Changes, lines: Sequence[Line], drafts: list[Checked]) -> Taken:
        self._share(drafts)
        ids = changes.save_many(self.record_type, drafts) if drafts else []
        told = {pk: line.told for line, pk in zip(lines, ids, strict=True) if line.told}
        changes.index.foretell(self.record_type, told)
        return dict(zip((line.number for line in lines), ids, strict=True))

    def _draft(self, values: Values) -> Checked:
        return Checked(values | self._added(values))

    def _added(self, values: Values) -> Values:
        return {name: [*values.get(name, []), *items] for name, items in self.options.added.items()}

    def _share(self, drafts: Sequence[Checked]) -> None:
        """In turn, going on where the portion before ended: each gets as many as the others."""
        users = self.options.share
        if users:
            for number, draft in enumerate(drafts, self.importing.counts["created"]):
                draft.values.setdefault("manager", users[number % len(users)])

    def _change(self, changes: Changes, found: Sorted) -> set[int]:
        """The rows that changed a stored record."""
        if not found.updates:
            return set()
        states = self._states(found)
        sets, by_row = self._wished(found, states)
        sets = self._prepared(changes, sets, states)
        drafts = [Checked(values, id=pk) for pk, values in sets.items()]
        if drafts:
            changes.save_many(self.record_type, drafts)
        return {
            line.number
            for pk in sets
            for line in found.updates[pk]
            if by_row[line.number].keys() & sets[pk].keys()
        }

    def _wished(
        self, found: Sorted, states: Mapping[int, Values]
    ) -> tuple[dict[int, Values], dict[int, Values]]:
        """What is to be set in each record, and what of it each row asks for. A row meets the
        record as the rows above it leave it."""
        ages = ages_of(self.record_type, self.options, states)
        sets: dict[int, Values] = {}
        by_row: dict[int, Values] = {}
        for pk, lines in found.updates.items():
            if pk not in states:
                continue  # Somebody took it away in this very moment.
            state, sets[pk] = dict(states[pk]), {}
            for line in lines:
                by_row[line.number] = differences(
                    self.record_type, self.options, state, line.given, ages.get(pk)
                )
                state |= by_row[line.number]
                sets[pk] |= by_row[line.number]
        return sets, by_row

    def _prepared(
        self, changes: Changes, sets: dict[int, Values], states: Mapping[int, Values]
    ) -> dict[int, Values]:
        """Made ready to be stored: only then does it show what is there already."""
        if self.record_type.prepare:
            changes.targets = list(sets)
            self.record_type.prepare(changes, list(sets.values()))
        return {
            pk: different
            for pk, values in sets.items()
            if (different := still_different(self.record_type, states[pk], values))
        }

    def _states(self, found: Sorted) -> dict[int, Values]:
        names = {name for lines in found.updates.values() for line in lines for name in line.given}
        names |= self.options.added.keys()
        fields = [each for each in self.record_type.fields if each.name in names]
        # One that was chosen by hand may be hidden or in the trash by now.
        seen = self.record_type.visible_to(self.actor).filter(pk__in=list(found.updates))
        ids = list(seen.values_list("pk", flat=True))
        return load_states(self.record_type, ids, fields, viewer=self.actor, lock=True)

    def _note_made(self, made: Taken) -> None:
        self.importing.counts["created"] += len(made)  # What is made next goes by it.
        self._note_created(made)

    def _note_created(self, made: Taken) -> None:
        rows = [(Outcome.CREATED.value, pk, number) for number, pk in made.items()]
        mine = (("parent_id", self.importing.pk),)
        tell_rows(ImportRow, ("outcome", "record_id"), rows, key="number", fixed=mine)

    def _note_there(self, there: Taken, changed: set[int], matches: Mapping[int, Any]) -> None:
        """The rows that were found: those that had nothing new to say are duplicates."""
        rows = [
            (Outcome.UPDATED.value if number in changed else Outcome.DUPLICATE.value, pk, number)
            for number, pk in there.items()
        ]
        self._update(("outcome", "record_id"), rows)
        self._update(("match",), [(_json(match), number) for number, match in matches.items()])
        counts = self.importing.counts
        updated = len(changed & there.keys())
        counts["updated"] += updated
        self._stays_out("duplicates", len(rows) - updated)

    def _note_held(self, held: Mapping[int, Any]) -> None:
        rows = [(Outcome.DUPLICATE.value, _json(match), number) for number, match in held.items()]
        self._update(("outcome", "match"), rows)
        self._stays_out("duplicates", len(rows))

    def _note_problem(
        self, lines: Sequence[Line], problem: Problem, column: str | None = None
    ) -> None:
        column = self.plan.settled_column(problem.field) if column is None else column
        note = _json([{**problem.as_json(), "column": column}])
        self._update(
            ("outcome", "problems"), [(Outcome.INVALID.value, note, line.number) for line in lines]
        )
        self._stays_out("invalid", len(lines))

    def _stays_out(self, name: str, count: int) -> None:
        self.importing.counts[name] += count
        self.importing.counts["valid"] -= count

    def _update(self, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        mine = (("parent_id", self.importing.pk),)
        update_rows(ImportRow, columns, rows, key="number", fixed=mine)

    def _remember(self, changes: Changes, place: int) -> None:
        self.importing.place = place
        if changes.changed_anything:
            self.importing.change_set = changes.record
        self.importing.save(update_fields=["place", "change_set", "counts"])
        counts = self.importing.counts
        self.report(counts["created"] + counts["updated"], counts["valid"])


def _refusal(error: Exception, line: Line, record_type: RecordType) -> Problem:
    if isinstance(error, Rejected):
        return error.problems[0]
    field = next(iter(line.values), record_type.fields[0].name)
    return Problem(field, "not-stored", _("The database did not take this row."))


def _json(value: Any) -> str:
    return orjson.dumps(value).decode()
