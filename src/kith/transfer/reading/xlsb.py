"""Binary workbooks of Excel (.xlsb): python-calamine reads them, but for cells in which a formula
failed, which it leaves empty. These are read here from the records of the sheet (MS-XLSB, 2.1.4).
"""

import struct
from collections.abc import Iterator
from contextlib import suppress

from .calamine import CalamineReader
from .numbers import Cell
from .package import Package
from .refusal import Refusal
from .tables import Row, SheetInfo, too_wide
from .xlsx import main_part, relations

ROW, CELL_ERROR, FORMULA_ERROR, SHEET = 0, 3, 11, 156
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
LONGEST = 1 << 20
Failed = tuple[int, int, str]
"""(row counted from 1, column counted from 0, what Excel shows)"""


class XlsbReader:
    def __init__(self, book: CalamineReader, package: Package) -> None:
        self.book, self.package = book, package
        self.workbook = main_part(package)
        if self.workbook not in package:
            self.workbook = "xl/workbook.bin"

    def sheets(self) -> list[SheetInfo]:
        return self.book.sheets()

    def rows(self, sheet: int) -> Iterator[Row]:
        failed = self._failed(self.book.tabs[sheet].name)
        next_failed = next(failed, None)
        for number, cells in self.book.rows(sheet):
            while next_failed and next_failed[0] <= number:
                row, column, text = next_failed
                if row == number:
                    _put(cells, column, text, row, self.package.limits.columns)
                next_failed = next(failed, None)
            yield number, cells

    def _failed(self, name: str) -> Iterator[Failed]:
        """A sheet whose records are not as they should be is read as far as they are."""
        with suppress(Refusal, struct.error, IndexError):
            part = self._part(name)
            if part in self.package:
                yield from failed_cells(records(self.package.stream(part)))

    def _part(self, name: str) -> str:
        known = relations(self.package, self.workbook)
        for kind, body in records(self.package.small(self.workbook)):
            if kind == SHEET:
                relation, at = _wide(body, 8)
                if _wide(body, at)[0] == name:
                    return known.get(relation, ("", ""))[1]
        return ""


def _put(cells: list[Cell], column: int, text: str, row: int, limit: int) -> None:
    if column >= limit:
        raise too_wide(row, column + 1, limit)
    cells += [None] * (column + 1 - len(cells))
    cells[column] = text


def failed_cells(found: Iterator[tuple[int, bytes]]) -> Iterator[Failed]:
    row = 0
    for kind, body in found:
        if kind == ROW:
            row = struct.unpack_from("<I", body)[0] + 1
        elif kind in (CELL_ERROR, FORMULA_ERROR):
            column, code = struct.unpack_from("<I", body)[0], body[8]
            yield row, column, ERRORS.get(code, "#N/A")


def records(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of each: both the kind and the length are written seven bits to a byte."""
    held = b""
    for piece in pieces:
        held += piece
        at = 0
        while (found := _head(held, at)) and found[2] + found[1] <= len(held):
            kind, length, begin = found
            at = begin + length
            yield kind, held[begin:at]
        held = held[at:]
        if len(held) > LONGEST:
            return


def _head(held: bytes, at: int) -> tuple[int, int, int] | None:
    """(kind, length, where the body begins), or nothing where more is to come."""
    kind, at = _sevens(held, at, 2)
    length, begin = _sevens(held, at, 4) if at else (0, 0)
    return (kind, length, begin) if begin else None


def _sevens(held: bytes, at: int, most: int) -> tuple[int, int]:
    """The number, and where what follows begins; 0 where it is not whole yet."""
    number = 0
    for step in range(most):
        if at + step >= len(held):
            return 0, 0
        byte = held[at + step]
        number |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            return number, at + step + 1
    return number, at + most


def _wide(body: bytes, at: int) -> tuple[str, int]:
    count = struct.unpack_from("<I", body, at)[0]
    end = at + 4 + 2 * count
    return body[at + 4 : end].decode("utf-16-le", "replace"), end
