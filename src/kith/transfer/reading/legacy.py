"""Binary workbooks of old (.xls) through xlrd.

It goes first because it knows formats (leading zeros) and error cells, which calamine leaves
out, and can't abort the process. calamine, eight times as fast, opens some sound files it can't.
"""

import io
from collections.abc import Iterator
from pathlib import Path

import xlrd
from xlrd.compdoc import CompDocError

from .limits import Limits
from .numbers import Cell, Show, plain_number, show_for
from .refusal import Refusal
from .tables import Row, SheetInfo, fitting
from .text import clean_text


class XlsReader:
    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        self.shows: dict[int, Show | None] = {}
        try:
            self.book = open_book(path)
        except xlrd.XLRDError as error:
            raise Refusal(
                "encrypted" if "encrypted" in str(error).lower() else "damaged"
            ) from error
        except CompDocError as error:
            raise Refusal("damaged") from error

    def sheets(self) -> list[SheetInfo]:
        found = []
        for index, name in enumerate(self.book.sheet_names()[: self.limits.sheets]):
            sheet = self.book.sheet_by_index(index)
            found.append(SheetInfo(clean_text(name) or "", bool(sheet.visibility), sheet.nrows))
        return found

    def rows(self, sheet: int) -> Iterator[Row]:
        table = self.book.sheet_by_index(sheet)
        for index in range(table.nrows):
            cells = [self.value(cell) for cell in table.row(index)]
            if fitted := fitting(cells, index + 1, self.limits.columns):
                yield index + 1, fitted

    def value(self, cell: xlrd.sheet.Cell) -> Cell:
        if cell.ctype == xlrd.XL_CELL_TEXT:
            return clean_text(cell.value)
        if cell.ctype in {xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE}:
            return self.number(cell)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code.get(cell.value, "#ERROR!"))
        return None

    def number(self, cell: xlrd.sheet.Cell) -> Cell:
        try:
            show = self.show(cell.xf_index)
            return show(cell.value) if show else plain_number(cell.value)
        except (ValueError, OverflowError):
            return str(cell.value)

    def show(self, style: int | None) -> Show | None:
        if style is None:
            return None
        if style not in self.shows:
            self.shows[style] = self.find_show(style)
        return self.shows[style]

    def find_show(self, style: int) -> Show | None:
        try:
            key = self.book.xf_list[style].format_key
            code = self.book.format_map[key].format_str
        except (IndexError, KeyError):
            return None
        # xlrd fills in the codes of built-in formats for one locale; their ids say enough.
        return show_for(key, code if key >= 164 or code else "", is_1904=bool(self.book.datemode))


def open_book(path: Path) -> xlrd.book.Book:
    # xlrd reports on the file's oddities to its log; nobody reads it.
    return xlrd.open_workbook(
        str(path), logfile=io.StringIO(), formatting_info=True, on_demand=True, ragged_rows=True
    )
