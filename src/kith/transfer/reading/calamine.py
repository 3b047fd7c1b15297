"""python-calamine: for .xlsb and large .ods, and second chance for all other workbooks.

It holds the whole sheet in memory, knows no number formats and leaves error cells empty.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import python_calamine

from .limits import Limits
from .numbers import Cell, clock, plain_number
from .refusal import Refusal
from .tables import Row, SheetInfo, fitting
from .text import clean_text


class CalamineReader:
    def __init__(self, path: Path, limits: Limits) -> None:
        self.limits = limits
        try:
            self.book = python_calamine.load_workbook(str(path))
        except python_calamine.PasswordError as error:
            raise Refusal("encrypted") from error
        except python_calamine.CalamineError as error:
            raise Refusal("damaged") from error
        worksheet = python_calamine.SheetTypeEnum.WorkSheet
        self.tabs = [tab for tab in self.book.sheets_metadata if tab.typ == worksheet]

    def sheets(self) -> list[SheetInfo]:
        visible = python_calamine.SheetVisibleEnum.Visible
        return [
            SheetInfo(clean_text(tab.name) or "", tab.visible != visible)
            for tab in self.tabs[: self.limits.sheets]
        ]

    def rows(self, sheet: int) -> Iterator[Row]:
        try:
            table = self.book.get_sheet_by_name(self.tabs[sheet].name)
        except python_calamine.CalamineError as error:
            raise Refusal("damaged") from error
        if table.start is None:
            return
        margin: list[Cell] = [None] * table.start[1]
        for number, values in enumerate(table.iter_rows(), start=1):
            cells = margin + [value_of(value) for value in values]
            if fitted := fitting(cells, number, self.limits.columns):
                yield number, fitted


def value_of(value: object) -> Cell:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return plain_number(value)
    return time_of(value)


def time_of(value: object) -> Cell:
    if isinstance(value, dt.datetime):
        text = value.replace(microsecond=0, tzinfo=None).isoformat()
        return {"d": text.removesuffix("T00:00:00")}
    if isinstance(value, dt.date):
        return {"d": value.isoformat()}
    if isinstance(value, dt.time):
        return value.replace(microsecond=0).isoformat()
    if isinstance(value, dt.timedelta):
        return clock(round(value.total_seconds()))
    return None
