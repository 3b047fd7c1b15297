"""Workbooks of several sheets: the template, and the result of an import.

They are written row by row in constant memory. Every text is told to be one, so that nothing in it
runs as a formula.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kith.transfer.writing.cutting import LONGEST, CutTexts
from kith.transfer.writing.packaged import LARGEST, MOST_ROWS

OFFERED_ROWS = 10_000

DATE, TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"


class Book:
    """An .xlsx workbook; its sheets may be filled side by side."""

    def __init__(self, path: Path) -> None:
        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(str(path), options)
        self.heading = self._book.add_format({"bold": True, "bottom": 1})
        self.red = self._book.add_format({"bold": True, "bottom": 1, "font_color": "#C00000"})
        self.grey = self._book.add_format({"italic": True, "font_color": "#808080"})
        self.date = self._book.add_format({"num_format": DATE})
        self.time = self._book.add_format({"num_format": TIME})
        self.cut = CutTexts()

    def sheet(self, name: str, headings: Sequence[str], widths: Iterable[int] = ()) -> "Sheet":
        return Sheet(self, name, headings, widths)

    def worksheet(self, name: str) -> Worksheet:
        return self._book.add_worksheet(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.cut.count:
            told = self.sheet(self.cut.sheet, self.cut.headings)
            for cells in self.cut.rows():
                told.row(cells)
        self._book.close()


class Sheet:
    """Rows under headings that are frozen at the top; more than a sheet holds go on in another."""

    def __init__(
        self, book: Book, name: str, headings: Sequence[str], widths: Iterable[int]
    ) -> None:
        self._book, self._name, self._parts = book, name, 0
        self._headings, self._widths = headings, list(widths)
        self._begin()

    def _begin(self) -> None:
        self._parts += 1
        name = self._name if self._parts == 1 else f"{self._name[:28]} {self._parts}"
        self._sheet, self._next = self._book.worksheet(name), 0
        self._sheet.freeze_panes(1, 0)
        for at, heading in enumerate(self._headings):
            width = self._widths[at] if at < len(self._widths) else len(heading) + 2
            self._sheet.set_column(at, at, min(50, max(10, width)))
        if self._headings:
            self.row(self._headings, self._book.heading)

    def row(self, cells: Sequence[Any], look: Any = None) -> None:
        if self._next == MOST_ROWS:
            self._begin()
        for at, cell in enumerate(cells):
            self.cell(at, cell, look)
        self.next_row()

    def offer(self, at: int, place: str) -> None:
        """A dropdown in the cells below a heading, of what stands at a place; something else may
        be typed all the same, after a warning."""
        told = {"validate": "list", "source": place, "error_type": "warning"}
        self._sheet.data_validation(1, at, OFFERED_ROWS, at, told)

    def next_row(self) -> None:
        self._next += 1

    def cell(self, at: int, cell: Any, look: Any = None) -> None:
        """Into the present row. Texts are written as texts, whatever they begin with."""
        if cell is None or cell == "":
            return
        sheet, row = self._sheet, self._next
        if isinstance(cell, str):
            sheet.write_string(row, at, self._fitting(at, cell), look)
        elif isinstance(cell, bool):
            sheet.write_boolean(row, at, cell, look)
        elif isinstance(cell, dt.datetime):
            sheet.write_datetime(row, at, cell.replace(tzinfo=None), self._book.time)
        elif isinstance(cell, dt.date):
            sheet.write_datetime(row, at, cell, self._book.date)
        elif abs(cell) < LARGEST:
            sheet.write_number(row, at, cell, look)
        else:
            sheet.write_string(row, at, str(cell), look)

    def _fitting(self, at: int, text: str) -> str:
        if len(text) <= LONGEST:
            return text
        heading = self._headings[at] if at < len(self._headings) else ""
        place = {"sheet": self._sheet.get_name(), "cell": xl_rowcol_to_cell(self._next, at)}
        return self._book.cut.cut(text, heading=heading, **place)
