"""What all readers give: sheets, and rows of cells with the number that the sheet gives them."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from .numbers import Cell
from .refusal import Refusal

Row = tuple[int, list[Cell]]


class SheetInfo(NamedTuple):
    """Rows are what the file says of itself, or None."""

    name: str
    hidden: bool = False
    rows: int | None = None


class Reader(Protocol):
    def sheets(self) -> list[SheetInfo]: ...

    def rows(self, sheet: int) -> Iterator[Row]:
        """Yields the rows that hold something; the last cell of each is not empty."""
        ...


def column_number(letters: str) -> int:
    """AA is 27; 0 for what is no column."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z" or number > 1 << 20:
            return 0
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def fitting(cells: list[Cell], row: int, limit: int) -> list[Cell]:
    """Cuts off the empty cells at the end. Raises Refusal when more than `limit` are left."""
    while cells and cells[-1] is None:
        cells.pop()
    if len(cells) > limit:
        raise too_wide(row, len(cells), limit)
    return cells


def too_wide(row: int, column: int, limit: int) -> Refusal:
    return Refusal("too-many-columns", row=row, column=column_letters(column), limit=limit)
