"""The files between checking and writing: one JSON line for each valid row.

checked.jsonl: [row number, {matcher: [keys]}, values]. later.jsonl: [row number, values].
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson


class Line(NamedTuple):
    """`end` is the place after the line: where to go on."""

    end: int
    number: int
    keys: dict[str, list[str]]
    values: dict[str, Any]


def read_checked(path: Path, after: int) -> Iterator[Line]:
    for end, line in _lines(path, after):
        yield Line(end, *orjson.loads(line))


def read_later(path: Path, after: int) -> Iterator[Line]:
    for end, line in _lines(path, after):
        number, values = orjson.loads(line)
        yield Line(end, number, {}, values)


def _lines(path: Path, after: int) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        file.seek(after)
        end = after
        for line in file:
            end += len(line)
            yield end, line


def checked_line(number: int, keys: dict[str, list[str]], values: dict[str, Any]) -> bytes:
    return orjson.dumps((number, keys, values)) + b"\n"


def later_line(number: int, values: dict[str, Any]) -> bytes:
    return orjson.dumps((number, values)) + b"\n"
