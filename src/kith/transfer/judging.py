"""What is to be said of each row: can it be taken, is it there already, what is doubtful."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from kith.core.errors import Problem
from kith.core.kinds.kind import Context
from kith.core.record_types import Matcher, MatchKey, RecordType, Values
from kith.records.checking import Draft, check, doubt, settle_new
from kith.transfer.memo import Memo
from kith.transfer.models import Outcome
from kith.transfer.options import SKIP, ImportOptions
from kith.transfer.plan import Plan
from kith.transfer.seen import Seen

LONGEST_VALUE = 200
Note = dict[str, Any]


class SheetRow(NamedTuple):
    """A row of the sheet; `place` is where it lies in the row file."""

    number: int
    place: int
    cells: list[Any]


@dataclass(slots=True)
class Verdict:
    """A row as judged. `keys` are (matcher, key) of a valid one."""

    number: int
    place: int
    values: Values
    problems: list[Note]
    cautions: list[Note]
    outcome: str = Outcome.VALID.value
    keys: list[tuple[str, MatchKey]] = field(default_factory=list)
    match: Note | None = None


@dataclass(slots=True, kw_only=True)
class Judge:
    """Judges the rows of one import, portion by portion and in their order."""

    record_type: RecordType
    plan: Plan
    options: ImportOptions
    actor: Any
    context: Context
    seen: Seen
    memo: Memo = field(default_factory=Memo)

    def judge(self, rows: Sequence[SheetRow]) -> list[Verdict]:
        verdicts = [self._read(row) for row in rows]
        if self.options.match:
            self._match([each for each in verdicts if each.outcome == Outcome.VALID])
        return verdicts

    def _read(self, row: SheetRow) -> Verdict:
        self.context.country = ""
        raw = self.record_type.read_row(self.plan.raw(row.cells), self.context)
        checked = check(self.record_type, Draft(raw), self.context, clean=self.memo)
        read = len(checked.problems)
        doubt(self.record_type, checked, self.context)
        settle_new(self.record_type, checked)
        problems = [self._problem(each, row) for each in checked.problems[:read]]
        problems += [
            _note(each, self.plan.settled_column(each.field)) for each in checked.problems[read:]
        ]
        cautions = [_note(each, self.plan.column(each.field)) for each in checked.cautions]
        verdict = Verdict(row.number, row.place, {}, problems, cautions)
        if problems:
            verdict.outcome = Outcome.INVALID.value
        else:
            verdict.values = self._filled(checked.values)
        return verdict

    def _problem(self, problem: Problem, row: SheetRow) -> Note:
        return _note(problem, self.plan.column_of(problem, row.cells, self.context))

    def _filled(self, values: Values) -> Values:
        """What the row holds; for the rest the import's own values, else the record's defaults."""
        held = {name: value for name, value in values.items() if value or value == 0}
        return {**self.options.values, **held} if self.options.values else held

    def _match(self, verdicts: Sequence[Verdict]) -> None:
        """Those that are stored, or stand further up in the sheet, become duplicates."""
        for verdict in verdicts:
            verdict.keys = list(keys_of(self._matchers(), verdict.values))
        stored = find_stored(self._matchers(), self.actor, [each.keys for each in verdicts])
        above = self.seen.rows_of(
            list({_seen_key(*pair) for verdict in verdicts for pair in verdict.keys})
        )
        fresh: dict[str, int] = {}
        for verdict in verdicts:
            verdict.match = self._hit(verdict, stored, above)
            if verdict.match is not None:
                self._is_duplicate(verdict, verdict.match)
            if verdict.outcome == Outcome.VALID:
                for pair in verdict.keys:
                    above.setdefault(_seen_key(*pair), verdict.number)
                    fresh.setdefault(_seen_key(*pair), verdict.number)
        self.seen.add(fresh.items())

    def _matchers(self) -> list[Matcher]:
        return [each for each in self.record_type.matchers if each.name in self.options.match]

    def _hit(
        self, verdict: Verdict, stored: dict[tuple[str, str], int], above: dict[str, int]
    ) -> Note | None:
        for matcher, key in verdict.keys:
            if (record_id := stored.get((matcher, key.key))) is not None:
                return {"record_id": record_id, **self._by(key)}
        for matcher, key in verdict.keys:
            if (row := above.get(_seen_key(matcher, key))) is not None:
                return {"row": row, **self._by(key)}
        return None

    def _by(self, key: MatchKey) -> Note:
        return {"field": key.field, "column": self.plan.column(key.field), "value": key.value}

    def _is_duplicate(self, verdict: Verdict, match: Note) -> None:
        if self.options.duplicates == SKIP:
            verdict.outcome = Outcome.DUPLICATE.value
        else:
            verdict.cautions.append(duplicate_note(self.record_type, match))


def keys_of(matchers: Sequence[Matcher], values: Values) -> Iterator[tuple[str, MatchKey]]:
    for matcher in matchers:
        for key in matcher.keys(values):
            yield matcher.name, key


def find_stored(
    matchers: Sequence[Matcher], actor: Any, rows: Sequence[Sequence[tuple[str, MatchKey]]]
) -> dict[tuple[str, str], int]:
    """By (matcher, key): the oldest stored record that has it and that the actor may see."""
    found: dict[tuple[str, str], int] = {}
    for matcher in matchers:
        keys = {key.key for row in rows for name, key in row if name == matcher.name}
        hits = matcher.find(actor, list(keys)) if keys else {}
        found.update(((matcher.name, key), min(ids)) for key, ids in hits.items())
    return found


def _seen_key(matcher: str, key: MatchKey) -> str:
    return f"{matcher}:{key.key}"


def _note(problem: Problem, column: str) -> Note:
    return {
        "column": column,
        "field": problem.field,
        "code": problem.code,
        "message": str(problem.message),
        "value": _short(problem.value),
    }


def _short(value: Any) -> Any:
    """What people see of a value: an entry of a list reads better by its text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list):
        value = ", ".join(str(item) for item in value)
    return str(value)[:LONGEST_VALUE]


def duplicate_note(record_type: RecordType, match: Note) -> Note:
    """In words: of what a row is a duplicate, and by which value."""
    if "row" in match:
        message = _("Row %(row)s has the same %(column)s.") % match
    else:
        code = record_type.code_of(match["record_id"])
        message = _("%(code)s has the same %(column)s.") % {**match, "code": code}
    return {
        "column": match["column"],
        "field": match["field"],
        "code": "duplicate",
        "message": message,
        "value": match["value"],
    }
