"""Workbooks of Office Open XML (.xlsx, .xlsm), streamed: memory grows with their texts alone.

Why not a library: docs/adr/0006-reading-spreadsheets.md. Follows ECMA-376 part 1, chapter 18.
"""

from collections.abc import Iterator
from pathlib import PurePosixPath

from .numbers import Show, show_for
from .package import Package, elements
from .tables import Row, SheetInfo
from .text import clean_text
from .xlsx_cells import CellValues, SharedTexts
from .xlsx_rows import quick_rows

LETTERS = "$ABCDEFGHIJKLMNOPQRSTUVWXYZ"
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
            SheetInfo(name, hidden, self.size(part))
            for name, hidden, part in self.tabs[: self.package.limits.sheets]
        ]

    def size(self, part: str) -> int | None:
        """The last row, by what the sheet says of itself first; some programs say nothing."""
        for name, values, _ in elements(self.package.stream(part)) if part in self.package else ():
            if name == "sheetData":
                break
            if name == "dimension":
                digits = values.get("ref", "").rpartition(":")[2].lstrip(LETTERS)
                return int(digits) if digits.isdecimal() and len(digits) < 8 else None
        return None

    def rows(self, sheet: int) -> Iterator[Row]:
        pieces = self.package.stream(self.tabs[sheet][2])
        values = CellValues(self.texts, self.shows, self.package.limits.columns)
        return quick_rows(pieces, values)


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
