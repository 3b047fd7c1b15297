"""What each row says by itself: its values, what is wrong with them, and what is doubtful."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from kith.core.errors import Problem
from kith.core.kinds.kind import Context
from kith.core.record_types import Matcher, RecordType, Values
from kith.records.checking import doubt, settle_new
from kith.transfer.broken_cells import without_errors
from kith.transfer.examples import is_example, left_out
from kith.transfer.judging import NOT_THERE, Note, SheetRow, Verdict, note_of
from kith.transfer.matching import keys_of, rules_of
from kith.transfer.memo import Memo
from kith.transfer.models import Outcome
from kith.transfer.news import lists_named, news_in
from kith.transfer.options import ImportOptions
from kith.transfer.plan import Plan


@dataclass(slots=True, kw_only=True)
class RowReader:
    """Reads the rows of one import. No row matters to another, and nothing is written."""

    record_type: RecordType
    plan: Plan
    options: ImportOptions
    context: Context
    memo: Memo = field(default_factory=Memo)
    rules: list[Matcher] = field(init=False)
    lists: list[tuple[str, str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.rules = rules_of(self.record_type, self.options)
        self.lists = lists_named(self.record_type, self.plan.places)

    def read(self, rows: Sequence[SheetRow]) -> list[Verdict]:
        verdicts = [self._read(row) for row in rows]
        for each in verdicts:
            if each.outcome == Outcome.VALID:
                each.keys = keys_of(self.rules, each.values)
                each.lacking = self._lacking(each)
                each.news = news_in(self.lists, each.values)
                for name in self.record_type.found_by:
                    each.values.pop(name, None)
        return verdicts

    def _read(self, row: SheetRow) -> Verdict:
        cells, failed = without_errors(self.plan, row.cells)
        row = SheetRow(row.number, row.place, cells)
        self.context.country = ""
        raw = self.plan.raw(row.cells)
        if is_example(self.record_type, raw):
            return left_out(self.record_type, self.plan, row)
        raw = self.record_type.read_row(raw, self.context)
        if not self.options.by_age:  # Nobody asks, so that nothing is wrong with it.
            raw.pop(self.record_type.dated_by, None)
        checked = self.memo.read(self.record_type, raw, self.context)
        read, given = len(checked.problems), set(checked.values)
        doubt(self.record_type, checked, self.context)
        settle_new(self.record_type, checked)
        problems = [self._problem(each, row) for each in checked.problems[:read]]
        problems += [
            note_of(each, self.plan.settled_column(each.field)) for each in checked.problems[read:]
        ]
        cautions = [note_of(each, self.plan.doubted(each, row.cells, self.context))
                    for each in checked.cautions]  # fmt: skip
        verdict = Verdict(row.number, row.place, {}, problems, [*failed, *cautions])
        if problems:
            verdict.outcome = Outcome.INVALID.value
        else:
            verdict.values = self._filled(checked.values)
            verdict.derived = [name for name in verdict.values if name not in given]
        return verdict

    def _problem(self, problem: Problem, row: SheetRow) -> Note:
        column = self.plan.column_of(problem, row.cells, self.context)
        if isinstance(problem.value, dict):  # Of a group of columns: what stands in this one.
            problem = replace(problem, value=self.plan.cell(column, row.cells))
        return note_of(problem, column)

    def _filled(self, values: Values) -> Values:
        """What the row holds; for the rest the import's own values, else the record's defaults."""
        held = {name: value for name, value in values.items() if value or value == 0}
        return {**self.options.values, **held} if self.options.values else held

    def _lacking(self, verdict: Verdict) -> list[Note]:
        lacking = []
        if not self.options.creates:
            rule = self.options.match[0]
            key = verdict.keys[0][1].field if verdict.keys else rule
            field = key if key in self.record_type.by_name else self.record_type.fields[0].name
            problem = Problem(field, "not-there", NOT_THERE)
            lacking.append(note_of(problem, self.plan.column(field)))
        for name in self.options.required:
            if verdict.values.get(name) in (None, "", []):
                label = self.record_type.field(name).label
                message = _("%(field)s is needed.") % {"field": label}
                problem = Problem(name, "required", message)
                lacking.append(note_of(problem, self.plan.column(name)))
        return lacking
