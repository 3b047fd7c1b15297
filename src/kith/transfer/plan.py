"""From a row of cells to raw values by field, as the mapping has it, and back to the column."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from kith.core.errors import Problem
from kith.core.kinds.grouped import split_part
from kith.core.kinds.kind import Context, Invalid, Kind
from kith.core.record_types import RecordType
from kith.transfer.mapping import by_field

Raw = dict[str, Any]
COUNTRY = "country"
"""The part of a group that others of it are read with."""


class Plan:
    """Where the value of each field stands in a row."""

    def __init__(
        self, record_type: RecordType, headings: Sequence[str], mapping: Mapping[str, str]
    ) -> None:
        self.record_type = record_type
        self.headings = list(headings)
        self.places: dict[str, list[int]] = {}
        columns = {heading: place for place, heading in enumerate(headings)}
        for name, feeding in by_field(mapping).items():
            self.places[name] = sorted(columns[each] for each in feeding if each in columns)
        self._parts = [
            (*split, places[0])
            for name, places in self.places.items()
            if places and (split := split_part(name))
        ]
        whole = {name: at for name, at in self.places.items() if not split_part(name)}
        self._single = [(name, at[0]) for name, at in whole.items() if len(at) == 1]
        self._several = [(name, at) for name, at in whole.items() if len(at) > 1]
        self._width = 1 + max((max(at) for at in self.places.values()), default=-1)

    def raw(self, cells: list[Any]) -> Raw:
        """The cells that hold something, by field; several columns of a field make a list."""
        if len(cells) < self._width:
            cells = [*cells, *[None] * (self._width - len(cells))]
        raw = {name: cells[at] for name, at in self._single if cells[at] is not None}
        for name, places in self._several:
            found = [cells[at] for at in places if cells[at] is not None]
            if found:
                raw[name] = found
        for group, number, part, at in self._parts:
            if cells[at] is not None:
                raw.setdefault(group, {}).setdefault(number, {})[part] = cells[at]
        return raw

    def mapped(self, places: Collection[int]) -> Iterator[tuple[str, str, int]]:
        """Those of these columns that feed a field: heading, field, place."""
        for name, feeding in self.places.items():
            for place in feeding:
                if place in places:
                    yield self.headings[place], name, place

    def column(self, field: str) -> str:
        """The first column that feeds the field, or a part of it; its label when none does."""
        places = self.places.get(field) or [at for group, *_, at in self._parts if group == field]
        return self.headings[places[0]] if places else str(self.record_type.field(field).label)

    def cell(self, heading: str, cells: Sequence[Any]) -> Any:
        place = self.headings.index(heading) if heading in self.headings else len(cells)
        value = cells[place] if place < len(cells) else None
        return value["d"] if isinstance(value, dict) else value

    def column_of(self, problem: Problem, cells: Sequence[Any], context: Context) -> str:
        """The column that a problem is about, where several feed one field the first bad one."""
        if any(group == problem.field for group, *_ in self._parts):
            return self._column_of_part(problem, cells, context)
        kind = self.record_type.field(problem.field).kind
        for place in self.places.get(problem.field, ())[:-1]:
            try:
                kind.clean(cells[place] if place < len(cells) else None, context)
            except Invalid:
                return self.headings[place]
        return self._last_column(problem.field)

    def doubted(self, caution: Problem, cells: Sequence[Any], context: Context) -> str:
        """The column that a caution is about."""
        if any(group == caution.field for group, *_ in self._parts):
            return self._column_of_part(caution, cells, context)
        return self.column(caution.field)

    def _column_of_part(self, problem: Problem, cells: Sequence[Any], context: Context) -> str:
        """The first whose cell, read with the country of its group, has just this problem."""
        kind = self.record_type.field(problem.field).kind
        raw = self.raw(list(cells)).get(problem.field, {})
        bad = {
            number
            for number, group in raw.items()
            if problem.code in _codes(kind, {number: group}, context)
        }
        columns = sorted(self._parts, key=lambda each: each[2] != COUNTRY)
        for beside in ((COUNTRY,), (COUNTRY, getattr(kind, "key", ""))):
            for group, number, part, at in columns:
                if group != problem.field or number not in bad or part not in raw[number]:
                    continue
                alone = {each: raw[number][each] for each in (part, *beside) if each in raw[number]}
                if problem.code in _codes(kind, {number: alone}, context):
                    return self.headings[at]
        return self.column(problem.field)

    def _last_column(self, field: str) -> str:
        places = self.places.get(field, ())
        return self.headings[places[-1]] if places else self.column(field)

    def settled_column(self, field: str) -> str:
        """The column of a rule between fields: a missing name is told at any column of names."""
        if field not in self.places and field == "name":
            related = ("company", "given_name", "family_name")
            field = next((name for name in related if name in self.places), field)
        return self.column(field)


def _codes(kind: Kind, raw: Any, context: Context) -> set[str]:
    """What is wrong with a raw value, or doubtful."""
    context.cautions.clear()
    try:
        kind.clean(raw, context)
    except Invalid as error:
        return {error.code}
    return {each.code for each in context.cautions}
