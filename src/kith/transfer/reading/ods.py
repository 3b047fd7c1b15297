"""OpenDocument spreadsheets (.ods), streamed. Follows OpenDocument 1.3 part 3, chapters 9 and 19.

Its cells carry the text they show beside their value, so a code's leading zeros are there to read.
"""

import re
from collections.abc import Iterator

from .numbers import Cell, clock, iso_moment, number_from_text, percent
from .package import Package, elements, feed, safe_parser
from .refusal import Refusal
from .tables import Row, SheetInfo, too_wide
from .text import clean_text

CONTENT = "content.xml"
CELLS = {"table:table-cell", "table:covered-table-cell"}
QUANTITIES = {"float", "percentage", "currency"}
MOST_REPEATED = 100_000
"""So many rows may be said to be like the one above: a kilobyte can say it of any number."""
CODE = re.compile(r"[\d\-\s()/]+")
DURATION = re.compile(r"PT(\d+)H(\d+)M(\d+)(?:[.,]\d+)?S")


class OdsReader:
    def __init__(self, package: Package) -> None:
        self.package = package
        manifest = "META-INF/manifest.xml"
        if manifest in package and any(
            name == "encryption-data" for name, _, _ in elements(package.small(manifest))
        ):
            raise Refusal("encrypted")

    def sheets(self) -> list[SheetInfo]:
        """Hidden is a sheet whose style says that it isn't displayed."""
        hidden: set[str] = set()
        found: list[SheetInfo] = []
        style = ""

        def start(name: str, values: dict[str, str]) -> None:
            nonlocal style
            if name == "table:table":
                label = clean_text(values.get("table:name", "")) or ""
                found.append(SheetInfo(label, values.get("table:style-name") in hidden))
            elif name == "style:style":
                style = values.get("style:name", "")
            elif name == "style:table-properties" and values.get("table:display") == "false":
                hidden.add(style)

        parser = safe_parser()
        parser.StartElementHandler = start
        for _ in feed(parser, self.package.stream(CONTENT)):
            if len(found) >= self.package.limits.sheets:
                break
        return found

    def rows(self, sheet: int) -> Iterator[Row]:
        return TableParser(sheet, self.package.limits.columns).rows(self.package.stream(CONTENT))


class TableParser:
    """Handles of the XML parser for one table; the state is what part of it we are in."""

    def __init__(self, sheet: int, columns: int) -> None:
        self.countdown, self.columns = sheet, columns
        self.done: list[tuple[int, int, list[Cell]]] = []
        self.row: list[Cell] = []
        self.number, self.column, self.repeated = 0, 0, 1
        self.again = 0
        self.cell: dict[str, str] = {}
        self.pieces: list[str] = []
        self.in_table = self.in_cell = self.finished = False
        self.aside = 0  # Depth within a note or drawing, whose text is not the cell's.
        self.parser = safe_parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def rows(self, pieces: Iterator[bytes]) -> Iterator[Row]:
        for _ in feed(self.parser, pieces):
            for number, times, cells in self.done:
                for further in range(times):
                    yield number + further, list(cells)
            self.done.clear()
            if self.finished:
                return

    def start(self, name: str, values: dict[str, str]) -> None:
        if not self.in_table:
            if name == "table:table":
                self.in_table = not self.countdown
                self.countdown -= 1
            return
        if self.aside or name in {"office:annotation", "draw:frame", "table:shapes"}:
            self.aside += 1
        elif name in CELLS:
            self.cell = values
            self.in_cell = True
        elif name == "table:table-row":
            self.repeated = repeats(values, "rows")
            self.column = 0
        elif self.in_cell:
            self.start_text(name, values)

    def start_text(self, name: str, values: dict[str, str]) -> None:
        if name == "text:p":
            if self.pieces:
                self.pieces.append("\n")
            self.pieces.append("")
            self.parser.CharacterDataHandler = self.pieces.append
        elif name == "text:s":
            spaces = values.get("text:c", "1")
            self.pieces.append(" " * min(int(spaces) if spaces.isdecimal() else 1, 1000))
        elif name == "text:tab":
            self.pieces.append("\t")
        elif name == "text:line-break":
            self.pieces.append("\n")

    def end(self, name: str) -> None:
        if not self.in_table:
            return
        if self.aside:
            self.aside -= 1
        elif name == "text:p":
            self.parser.CharacterDataHandler = None
        elif name in CELLS:
            self.in_cell = False
            self.end_cell(repeats(self.cell, "columns"))
        elif name == "table:table-row":
            self.end_row()
        elif name == "table:table":
            self.in_table, self.finished = False, True

    def end_cell(self, times: int) -> None:
        text = "".join(self.pieces)
        self.pieces.clear()
        value = cell_value(self.cell, text)
        if value is not None:
            last = self.column + times
            if last > self.columns:
                raise too_wide(self.number + 1, last, self.columns)
            self.row.extend([None] * (self.column - len(self.row)))
            self.row.extend([value] * times)
        self.column += times

    def end_row(self) -> None:
        if self.row:
            self.again += self.repeated - 1
            if self.again > MOST_REPEATED:
                raise Refusal("too-large", "zip-bomb")
            self.done.append((self.number + 1, self.repeated, self.row))
            self.row = []
        self.number += self.repeated


def repeats(values: dict[str, str], what: str) -> int:
    text = values.get(f"table:number-{what}-repeated", "1")
    if not text.isdecimal() or len(text) > 18:
        raise Refusal("damaged")
    return max(1, int(text))


def cell_value(values: dict[str, str], text: str) -> Cell:
    kind = values.get("office:value-type", "")
    if kind in QUANTITIES and "office:value" in values:
        number = number_from_text(values["office:value"])
        if kind == "percentage" and isinstance(number, int | float):
            return percent(number)
        return text if kind == "float" and is_code(text, number) else number
    if kind == "date" and "office:date-value" in values:
        return iso_moment(values["office:date-value"])
    if kind == "boolean":
        return values.get("office:boolean-value") == "true"
    if kind == "time" and (match := DURATION.fullmatch(values.get("office:time-value", ""))):
        return clock(int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3]))
    return clean_text(values.get("office:string-value") or text)


def is_code(text: str, number: Cell) -> bool:
    """Does the cell show zeros in front of its number?"""
    if not text.startswith(("0", "(0")) or not CODE.fullmatch(text):
        return False
    digits = "".join(filter(str.isdecimal, text))
    return len(digits) > 1 and digits.lstrip("0") == str(number).lstrip("0")
