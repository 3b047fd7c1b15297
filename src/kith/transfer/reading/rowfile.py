"""The row file: what a conversion leaves behind for the import to read, and read again.

One JSON array a line: `[row number, [cell, ...]]`. The first line holds the headings under the
number of their row. A cell is null, true, false, a number, a text, or {"d": "2026-11-22"} or
{"d": "2026-11-22T08:30:00"} for a date. Rows without any value are left out.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import orjson

Cells = list[str | int | float | bool | date | datetime | None]


class Rows(Iterator[tuple[int, Cells]]):
    """Yields (row number, cells), dates as date or datetime.

    `offset` is the place after the row just given; a job that stops there hands it to
    `read_rows(path, after=offset)` to go on with the next row.
    """

    def __init__(self, path: Path, after: int) -> None:
        self.file = path.open("rb")
        if after:
            self.file.seek(after)
        else:
            self.file.readline()
        self.offset = self.file.tell()

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> tuple[int, Cells]:
        line = self.file.readline()
        if not line:
            self.file.close()
            raise StopIteration
        self.offset += len(line)
        return row_of(line)

    def close(self) -> None:
        self.file.close()


def read_rows(path: Path, after: int = 0) -> Rows:
    """`after` is a place that `Rows.offset` gave, or 0 for the first row below the headings."""
    return Rows(path, after)


def row_of(line: bytes) -> tuple[int, Cells]:
    """Raises ValueError for what is no line of a row file."""
    number, cells = orjson.loads(line)
    return number, dated(cells) if b'{"d":' in line else cells


def dated(cells: list[Any]) -> Cells:
    return [moment(cell["d"]) if type(cell) is dict else cell for cell in cells]


def moment(text: str) -> date | datetime | str:
    """What only looks like a date, as a damaged sheet may hold, stays text."""
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        return text
