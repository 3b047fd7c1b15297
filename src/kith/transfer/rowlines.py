"""The files between checking and writing: one JSON line for each valid row.

checked.jsonl: [row number, [[rule, key, field, value]], names of derived values], and where there
is something to foretell, 0 and that; then, behind a tab, which JSON has none of, {values}.
later.jsonl: [row number, values].
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, cast

import orjson

from kith.core.record_types import MatchKey, RecordType, Values
from kith.transfer.matching import Keys

ANEW = -1
TAB = b"\t"


class Lines(NamedTuple):
    """What the two files hold of one row, `later` often nothing."""

    checked: bytes
    later: bytes


@dataclass(slots=True)
class Line:
    """`end` is the place after the line: where to go on. `held`: the values, or their JSON.
    `target`: the record that a person has chosen among several, or ANEW for one that shall be made
    whatever is there already. `told`: what a new record's document shows once the later values are
    resolved."""

    end: int
    number: int
    keys: list[list[str]]
    derived: list[str]
    held: Values | bytes
    target: int = 0
    told: Values | None = None

    @property
    def values(self) -> Values:
        """Read when they are asked for: where a second process makes the record, nobody does."""
        if isinstance(self.held, bytes):
            self.held = orjson.loads(self.held)
        return cast("Values", self.held)

    @property
    def match_keys(self) -> Keys:
        return [(rule, MatchKey(*key)) for rule, *key in self.keys]

    @property
    def given(self) -> Values:
        """What the sheet itself says, which is what a record that is there already may take."""
        return {name: value for name, value in self.values.items() if name not in self.derived}


def read_checked(path: Path, after: int) -> Iterator[Line]:
    for end, line in _lines(path, after):
        yield line_of(line, end)


def line_of(checked: bytes, end: int = 0) -> Line:
    """`checked` is a line of the checked rows."""
    head, tab, held = checked.partition(TAB)
    number, keys, derived, *more = orjson.loads(head)
    if not tab:  # Of an import that waited while a newer version was installed.
        held, *more = more
    return Line(end, number, keys, derived, held, *more)


def read_later(path: Path, after: int) -> Iterator[Line]:
    for end, line in _lines(path, after):
        number, values = orjson.loads(line)
        yield Line(end, number, [], [], values)


def _lines(path: Path, after: int) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        file.seek(after)
        end = after
        for line in file:
            end += len(line)
            yield end, line


def lines_of(
    number: int, keys: Keys, derived: Sequence[str], values: Values, record_type: RecordType
) -> Lines:
    later = {name: values[name] for name in record_type.later if name in values}
    if not later:
        return Lines(_checked_line(values, number, _listed(keys), derived), b"")
    now = {name: value for name, value in values.items() if name not in later}
    foretold = record_type.foretold
    told = {foretold[name]: [later[name]] for name in foretold if name in later}
    more = (0, told) if told else ()
    checked = _checked_line(now, number, _listed(keys), derived, *more)
    return Lines(checked, _json_line(number, later))


def _listed(keys: Keys) -> list[tuple[str, ...]]:
    return [(rule, *key) for rule, key in keys]


def _checked_line(values: Values, *head: object) -> bytes:
    return orjson.dumps(head) + TAB + orjson.dumps(values) + b"\n"


def _json_line(*parts: object) -> bytes:
    return orjson.dumps(parts) + b"\n"
