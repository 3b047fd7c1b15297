"""What .xlsx and .ods have in common: a zip of XML, whose rows are streamed.

The XML is put together here rather than by a library: see docs/adr/0007-writing-spreadsheets.md.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any, Self
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

MOST_ROWS = 1_048_576
"""Rows that a sheet can hold; what is written below them would be lost in silence."""
PACKED = 5
"""How hard it is packed: a level more takes more time than it spares room."""
AT_ONCE = 1 << 16
LARGEST = 10**15
"""From here on a spreadsheet loses digits of a number."""
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Packaged(ABC):
    """More rows than a sheet holds go on in another one, below the same headings.

    cut: how many texts no cell holds whole."""

    cut = 0

    def __init__(self, path: Path, name: str, headings: Sequence[str]) -> None:
        self._zip = ZipFile(path, "w", ZIP_DEFLATED, compresslevel=PACKED)
        self._file: IO[bytes] | None = None
        self._name, self._headings = name, headings
        self.sheets: list[str] = []
        self._number = 0
        self._waiting: list[str] = []
        self._size = 0

    def __enter__(self) -> Self:
        self.begin()
        self._begin_sheet(self._name[:31])
        return self

    def __exit__(self, kind: object = None, *_: object) -> None:
        """What broke off is closed, and nothing more: nobody will read it."""
        try:
            if kind is None:
                self.end_sheet()
                self.end()
        finally:
            if self._file:
                self._file.close()
            self._zip.close()

    def row(self, cells: Sequence[Any]) -> None:
        if self._number == MOST_ROWS:
            self.end_sheet()
            self._begin_sheet(f"{self._name[:24]} {len(self.sheets) + 1}")
        self._number += 1
        self.put(self.row_text(self._number, cells))

    def _begin_sheet(self, name: str) -> None:
        self.sheets.append(name)
        self._number = 1
        self.begin_sheet()
        self.put(self.row_text(1, self._headings, heading=True))

    def add_sheet(self, name: str, headings: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """A further one, of another kind, after those of the table."""
        self._headings = headings
        self._begin_sheet(name)
        for cells in rows:
            self.row(cells)
        self.end_sheet()

    def part(self, name: str, text: str, *, packed: bool = True) -> None:
        self._zip.writestr(name, text, ZIP_DEFLATED if packed else ZIP_STORED)

    def open_part(self, name: str) -> None:
        # Nobody knows how long it becomes.
        self._file = self._zip.open(name, "w", force_zip64=True)

    def put(self, text: str) -> None:
        """Into the part that is open."""
        self._waiting.append(text)
        self._size += len(text)
        if self._size > AT_ONCE:
            self._flush()

    def close_part(self) -> None:
        self._flush()
        assert self._file
        self._file.close()
        self._file = None

    def _flush(self) -> None:
        assert self._file
        self._file.write("".join(self._waiting).encode())
        self._waiting.clear()
        self._size = 0

    @staticmethod
    def as_text(cell: Any) -> str | None:
        """None for what stands there as a number."""
        if isinstance(cell, str):
            return cell
        return None if abs(cell) < LARGEST else str(cell)

    @abstractmethod
    def begin(self) -> None: ...

    @abstractmethod
    def begin_sheet(self) -> None: ...

    @abstractmethod
    def end_sheet(self) -> None: ...

    @abstractmethod
    def end(self) -> None: ...

    @abstractmethod
    def row_text(self, number: int, cells: Sequence[Any], *, heading: bool = False) -> str: ...
