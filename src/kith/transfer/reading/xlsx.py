"""Workbooks of Office Open XML (.xlsx, .xlsm), streamed: memory grows with their texts alone.

Why not a library: docs/adr/reading-spreadsheets.md. Follows ECMA-376 part 1, chapter 18.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from .numbers import Cell, Show, number_from_text, show_for, shown_as
from .package import Package, elements, feed, safe_parser
from .refusal import Refusal
from .tables import Row, SheetInfo, column_number, too_wide
from .text import clean_text, unescaped

WORKSHEET = "/worksheet"  # The end of the relation's type, in both editions of the standard.


class XlsxReader:
    def __init__(self, package: Package) -> None:
        self.package = package
        self.workbook = main_part(package)
        self.relations = relations(package, self.workbook)
        self.is_1904 = False
        self.tabs = self.read_tabs()
        self.texts = SharedTexts(package, self.related("/sharedStrings"))
        self.shows = read_shows(package, self.related("/styles"), is_1904=self.is_1904)

    def related(self, kind: str) -> str | None:
        parts = (part for type_, part in self.relations.values() if type_.endswith(kind))
        return next((part for part in parts if part in self.package), None)

    def read_tabs(self) -> list[tuple[str, bool, str]]:
        """Returns (name, hidden, part) of every sheet that has cells; charts have none."""
        tabs = []
        for name, values, _ in elements(self.package.small(self.workbook)):
            if name == "workbookPr":
                self.is_1904 = values.get("date1904") in {"1", "true", "on"}
            if name == "sheet":
                kind, part = self.relations.get(values.get("id", ""), ("", ""))
                hidden = values.get("state", "visible").lower() != "visible"
                if kind.endswith(WORKSHEET):
                    tabs.append((clean_text(values.get("name", "")) or "", hidden, part))
        return tabs

    def sheets(self) -> list[SheetInfo]:
        return [
            SheetInfo(name, hidden, *self.size(part))
            for name, hidden, part in self.tabs[: self.package.limits.sheets]
        ]

    def size(self, part: str) -> tuple[int | None, int | None]:
        """What the sheet says of itself in its first lines; some programs say nothing."""
        if part not in self.package:
            return None, None
        for name, values, _ in elements(self.package.stream(part)):
            if name == "dimension":
                last = values.get("ref", "").rpartition(":")[2]
                letters = last.rstrip("0123456789")
                rows = last[len(letters) :]
                if rows and letters:
                    return int(rows), column_number(letters)
                return None, None
            if name == "sheetData":
                break
        return None, None

    def rows(self, sheet: int) -> Iterator[Row]:
        part = self.tabs[sheet][2]
        parser = SheetParser(self.texts, self.shows, self.package.limits.columns)
        return parser.rows(self.package.stream(part))


class SharedTexts:
    """The table of texts, read only as far as the cells read so far ask for."""

    def __init__(self, package: Package, part: str | None) -> None:
        self.texts: list[str | None] = []
        self.parts: list[str] = []
        self.piece: list[str] = []
        self.parser = safe_parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.pending = feed(self.parser, package.stream(part)) if part else iter(())
        self.in_phonetics = False

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name == "t" and not self.in_phonetics:
            self.parser.CharacterDataHandler = self.piece.append
        elif name == "rPh":
            self.in_phonetics = True

    def end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name == "t":
            self.parser.CharacterDataHandler = None
        elif name == "si":
            text = self.piece[0] if len(self.piece) == 1 else "".join(self.piece)
            self.piece.clear()
            self.texts.append(clean_text(unescaped(text)))
        elif name == "rPh":
            self.in_phonetics = False

    def get(self, index: int) -> str | None:
        texts = self.texts
        while index >= len(texts):
            if next(self.pending, self) is self:
                raise Refusal("damaged")
        if index < 0:
            raise Refusal("damaged")
        return texts[index]


class SheetParser:
    """Turns the XML of one sheet into rows; only rows that hold something come out."""

    def __init__(self, texts: SharedTexts, shows: list[Show | None], columns: int) -> None:
        self.texts, self.shows, self.columns = texts, shows, columns
        self.done: list[Row] = []
        self.row: list[Cell] = []
        self.number = 0
        self.pieces: list[str] = []
        self.cell: dict[str, str] = {}
        self.letters: dict[str, int] = {}
        self.parser = safe_parser()
        self.parser.StartElementHandler = self.begin

    def rows(self, pieces: Iterator[bytes]) -> Iterator[Row]:
        for _ in feed(self.parser, pieces):
            yield from self.done
            self.done.clear()

    def begin(self, root: str, _attributes: dict[str, str]) -> None:
        """The root tells the prefix that all names have in this file, usually none."""
        self.set_handlers(root[: -len("worksheet")] if root.endswith("worksheet") else "")

    def set_handlers(self, prefix: str) -> None:  # noqa: C901  # Two handlers and their state.
        # These two run some ten million times for a large sheet, hence the local names.
        cell_tag, row_tag, phonetics_tag = prefix + "c", prefix + "row", prefix + "rPh"
        value_tag, text_tag = text_tags = prefix + "v", prefix + "t"
        parser, pieces, column_of, keep = self.parser, self.pieces, self.column_of, self.keep
        take = pieces.append
        in_phonetics = False
        cell: dict[str, str] = {}
        column = 0

        def start(name: str, attributes: dict[str, str]) -> None:
            nonlocal cell, column, in_phonetics
            if name == cell_tag:
                cell = attributes
            elif name == value_tag or (name == text_tag and not in_phonetics):
                parser.CharacterDataHandler = take
            elif name == row_tag:
                self.start_row(attributes.get("r", ""))
                column = 0
            elif name == phonetics_tag:
                in_phonetics = True

        def end(name: str) -> None:
            nonlocal column, in_phonetics
            if name in text_tags:
                parser.CharacterDataHandler = None
            elif name == cell_tag:
                reference = cell.get("r")
                column = column_of(reference) if reference else column + 1
                if pieces:
                    keep(column, cell)
            elif name == row_tag:
                self.end_row()
            elif name == phonetics_tag:
                in_phonetics = False

        parser.StartElementHandler, parser.EndElementHandler = start, end

    def start_row(self, number: str) -> None:
        self.number = int(number) if number.isdecimal() else self.number + 1

    def end_row(self) -> None:
        if self.row:
            self.done.append((self.number, self.row))
            self.row = []

    def column_of(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        number = self.letters.get(letters)
        if number is None:
            number = self.letters[letters] = column_number(letters)
        return number

    def keep(self, column: int, cell: dict[str, str]) -> None:
        pieces, row = self.pieces, self.row
        text = pieces[0] if len(pieces) == 1 else "".join(pieces)
        pieces.clear()
        value = self.value(text, cell.get("t", ""), cell.get("s", ""))
        if value is None:
            return
        if not 0 < column <= self.columns:
            raise too_wide(self.number, column, self.columns) if column else Refusal("damaged")
        if column == len(row) + 1:
            row.append(value)
        else:
            put(row, column, value)

    def value(self, text: str, kind: str, style: str) -> Cell:
        if kind == "s":
            return self.texts.get(int(text)) if text.strip("- ").isdecimal() else text
        if kind in {"", "n"}:
            show = self.show(style) if style else None
            return shown_as(text, show) if show else number_from_text(text)
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "d":
            return {"d": text} if text[:4].isdecimal() else clean_text(text)
        return clean_text(unescaped(text))

    def show(self, style: str) -> Show | None:
        try:
            return self.shows[int(style)]
        except (ValueError, IndexError):
            return None


def put(row: list[Cell], column: int, value: Cell) -> None:
    """Fills the gap that left-out empty cells make; of two values for a cell the later stays."""
    row.extend([None] * (column - len(row)))
    row[column - 1] = value


def main_part(package: Package) -> str:
    for type_, part in relations(package, "").values():
        if type_.endswith("/officeDocument") and part in package:
            return part
    return "xl/workbook.xml"


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Returns {id: (type, part)}; targets outside of the file are left out."""
    folder, _, name = part.rpartition("/")
    listing = f"{folder}/_rels/{name}.rels".lstrip("/")
    if listing not in package:
        return {}
    return {
        values.get("Id", ""): (values.get("Type", ""), target(folder, values.get("Target", "")))
        for name, values, _ in elements(package.small(listing))
        if name == "Relationship" and values.get("TargetMode") != "External"
    }


def target(folder: str, path: str) -> str:
    path = path.replace("\\", "/")
    steps: list[str] = []
    for step in PurePosixPath(path if path.startswith("/") else f"{folder}/{path}").parts:
        if step == "..":
            steps = steps[:-1]
        elif step != "/":
            steps.append(step)
    return "/".join(steps)


def read_shows(package: Package, part: str | None, *, is_1904: bool) -> list[Show | None]:
    """Returns for each cell style how it shows numbers."""
    codes: dict[str, str] = {}
    shows: list[Show | None] = []
    for name, values, parent in elements(package.small(part)) if part else ():
        if name == "numFmt":
            codes[values.get("numFmtId", "")] = values.get("formatCode", "")
        elif name == "xf" and parent == "cellXfs":
            number = values.get("numFmtId", "0")
            format_id = int(number) if number.isdecimal() else 0
            shows.append(show_for(format_id, codes.get(number, ""), is_1904=is_1904))
    return shows
