"""Which rows would change nothing of the record that they are, told before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from kith.core.fields import Elsewhere
from kith.core.record_types import RecordType, Values
from kith.records.tables import load_states
from kith.transfer.judging import Verdict
from kith.transfer.merging import ages_of, differences, says_the_same
from kith.transfer.models import Outcome
from kith.transfer.options import ImportOptions
from kith.transfer.rowlines import Lines, line_of

MOST_ASKED = 10_000
"""So many rows of an import are compared with what is stored: to load it takes as long as to read
the row."""


@dataclass(slots=True, kw_only=True)
class Foresight:
    """Goes through the rows of one import in their order, as the run will: a row that says again
    what one above it says changes nothing either.

    `target`: by row, the record that it is. `made`: what is held of rows that make one. `said`:
    what rows have changed so far, by record or, below 0, by the row that makes it."""

    record_type: RecordType
    options: ImportOptions
    actor: Any
    left: int = MOST_ASKED
    target: dict[int, int] = field(default_factory=dict)
    made: dict[int, Lines] = field(default_factory=dict)
    said: dict[int, Values] = field(default_factory=dict)

    def foresee(self, verdicts: Sequence[Verdict]) -> None:
        """Sets `unchanging` of those that were compared."""
        if not self.options.updates or self.left <= 0:
            return
        there = list(self._found(verdicts))
        if not there:
            return
        given = {each.number: self._given(each) for each, _target in there}
        records = self._records([pk for _each, pk in there if pk > 0], given)
        ages = ages_of(self.record_type, self.options, records)
        for each, target in there:
            state = records.get(target) if target > 0 else self._made(target)
            if state is None:
                continue
            now = state | self.said.get(target, {})
            changes = self._changes(now, given[each.number], ages.get(target))
            each.unchanging = not changes
            if changes:
                self.said.setdefault(target, {}).update(changes)

    def _found(self, verdicts: Sequence[Verdict]) -> Iterator[tuple[Verdict, int]]:
        """The rows that are there, with the record that each is, or the row above that makes it."""
        for each in verdicts:
            if each.outcome != Outcome.VALID:
                continue
            if each.match is None:
                if each.lines and len(self.made) < MOST_ASKED:
                    self.made[each.number] = each.lines
                continue
            above = each.match.get("row", 0)
            target = each.match.get("record_id") or self.target.get(above, -above)
            self.target[each.number] = target
            self.left -= 1
            if self.left >= 0:
                yield each, target

    def _given(self, verdict: Verdict) -> Values:
        if not verdict.lines:  # A single row, which nobody has packed.
            derived = set(verdict.derived)
            return {name: each for name, each in verdict.values.items() if name not in derived}
        return line_of(verdict.lines.checked).given | _later(verdict.lines)

    def _records(self, ids: Sequence[int], given: Mapping[int, Values]) -> dict[int, Values]:
        names = {name for values in given.values() for name in values} | set(self.options.added)
        fields = [self.record_type.field(name) for name in names - {self.record_type.dated_by}]
        return load_states(self.record_type, list(set(ids)), fields, viewer=self.actor)

    def _made(self, target: int) -> Values | None:
        lines = self.made.get(-target)
        return line_of(lines.checked).values | _later(lines) if lines else None

    def _changes(self, state: Values, given: Values, ages: dict[str, str] | None) -> Values:
        found = differences(self.record_type, self.options, state, given, ages)
        later = self.record_type.later
        return {
            name: value
            for name, value in found.items()
            if name not in later
            or not (says_the_same(value, state.get(name)) or self._is_wish(name))
        }

    def _is_wish(self, name: str) -> bool:
        """A link that the sheet asks for, no value of the record: the run counts it no change."""
        storage = self.record_type.field(name).storage
        return isinstance(storage, Elsewhere) and not storage.load


def _later(lines: Lines) -> Values:
    found: Values = orjson.loads(lines.later)[1] if lines.later else {}
    return found
