"""What becomes of each row: can it be taken, is it there already."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.core.errors import Problem
from kith.core.kinds.audience import TO_EVERYBODY
from kith.core.record_types import Matcher, RecordType, Values
from kith.transfer.matching import Hidden, Hit, Keys, Stored, rules_of, seen_key
from kith.transfer.models import ImportRow, Outcome
from kith.transfer.news import News
from kith.transfer.options import CREATE_ALL, CREATE_SKIP, ImportOptions
from kith.transfer.plan import Plan
from kith.transfer.rowlines import Lines, lines_of
from kith.transfer.seen import Seen

LONGEST_VALUE = 200
NOT_THERE = gettext_lazy(
    "Nothing that is stored matches this row, and new ones are not to be made."
)
HELD_BACK = gettext_lazy("This row was held back. An administrator can tell you more.")
Note = dict[str, Any]


class SheetRow(NamedTuple):
    """A row of the sheet; `place` is where it lies in the row file."""

    number: int
    place: int
    cells: list[Any]


@dataclass(slots=True)
class Verdict:
    """A row as judged. `derived` are the values that the sheet did not give itself, but which
    rules made, or the options of the import: they are for new records only. `lacking`: what keeps
    the row from becoming one. `lines`: what the files will hold of it, where somebody has made
    that already; then the values are there, and no more here. `unchanging`: the row is known to say
    nothing new of what it is found to be. `news`: the new options that it names."""

    number: int
    place: int
    values: Values
    problems: list[Note]
    cautions: list[Note]
    outcome: str = Outcome.VALID.value
    derived: list[str] = field(default_factory=list)
    keys: Keys = ()
    match: Note | None = None
    lacking: list[Note] = field(default_factory=list)
    lines: Lines | None = None
    unchanging: bool = False
    news: Sequence[News] = ()

    def pack(self, record_type: RecordType) -> None:
        """To be sent elsewhere: the values only go into the files."""
        values, self.values = self.values, {}
        self.lines = lines_of(self.number, self.keys, self.derived, values, record_type)


@dataclass(slots=True, kw_only=True)
class Judge:
    """Decides what becomes of the rows of one import, portion by portion and in their order, by
    what is stored and what stands above them."""

    record_type: RecordType
    plan: Plan
    options: ImportOptions
    actor: Any
    seen: Seen
    rules: list[Matcher] = field(init=False)

    def __post_init__(self) -> None:
        self.rules = rules_of(self.record_type, self.options)

    def decide(self, verdicts: Sequence[Verdict]) -> None:
        valid = [each for each in verdicts if each.outcome == Outcome.VALID]
        if self.rules:
            self._match(valid)
        else:
            for each in valid:
                self._decide_new(each)

    def _match(self, verdicts: Sequence[Verdict]) -> None:
        """Finds those that are stored, or stand further up in the sheet."""
        all_keys = [each.keys for each in verdicts]
        stored = Stored(self.rules, self.actor, all_keys)
        hidden = Hidden(self.rules, self.actor, all_keys)
        keys = [[seen_key(*pair) for pair in verdict.keys] for verdict in verdicts]
        above = self.seen.rows_of(list({key for mine in keys for key in mine}))
        fresh: dict[str, int] = {}
        for verdict, mine in zip(verdicts, keys, strict=True):
            hit = stored.hit(verdict.keys)
            self._decide(verdict, hit, self._row_above(verdict, mine, above))
            if self.options.creates and hidden.holds(verdict.keys, hit):
                _hold_back(self.record_type, verdict)
            if verdict.outcome == Outcome.VALID:
                for key in mine:
                    if key not in above:
                        above[key] = fresh[key] = verdict.number
        self.seen.add(fresh.items())

    def _row_above(
        self, verdict: Verdict, mine: Sequence[str], above: dict[str, int]
    ) -> Note | None:
        for (_rule, key), seen in zip(verdict.keys, mine, strict=True):
            if above.get(seen, verdict.number) < verdict.number:
                return {"row": above[seen], "field": key.field, "value": key.value,
                        "column": self.plan.column(key.field)}  # fmt: skip
        return None

    def _decide(self, verdict: Verdict, hit: Hit | None, row: Note | None) -> None:
        """What becomes of the row, by whether it is there and what is wished for such ones."""
        options = self.options
        match = hit.as_json(self.plan.column(hit.key.field)) if hit else row
        if match is None:
            self._decide_new(verdict)
        elif options.duplicates == CREATE_ALL:
            verdict.match = match
            verdict.cautions.append(duplicate_note(self.record_type, match))
        else:
            verdict.match = match
            # Which of several it is, only a person can say.
            if options.duplicates == CREATE_SKIP or "several" in match:
                verdict.outcome = Outcome.DUPLICATE.value

    def _decide_new(self, verdict: Verdict) -> None:
        if verdict.lacking:
            verdict.problems += verdict.lacking
            verdict.outcome = Outcome.INVALID.value


def held_back(record_type: RecordType) -> Problem:
    """Always told in the same words and without a column, so that it gives nothing away."""
    return Problem(record_type.fields[0].name, "held-back", HELD_BACK)


def _hold_back(record_type: RecordType, verdict: Verdict) -> None:
    verdict.outcome, verdict.match = Outcome.INVALID.value, None
    verdict.problems, verdict.cautions = [note_of(held_back(record_type), "")], []


def note_of(problem: Problem, column: str) -> Note:
    return {
        "column": column,
        "field": problem.field,
        "code": problem.code,
        "message": str(problem.message),
        "value": _short(problem.value),
    }


def is_bared(row: Verdict | ImportRow) -> bool:
    """Whether everybody will see what the sheet means for people of whom none is known."""
    ready = row.outcome == Outcome.VALID and row.cautions
    return bool(ready) and any(note["code"] == TO_EVERYBODY for note in row.cautions)


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
    elif "several" in match:
        codes = ", ".join(record_type.code_of(pk) for pk in match["several"])
        message = _("%(codes)s have the same %(column)s.") % {**match, "codes": codes}
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
