"""Text with commas (.csv), with nothing in it that a spreadsheet would run.

A spreadsheet runs a cell as a formula by its first character. In .csv, where a text cannot be told
to be one, such a text gets the apostrophe that spreadsheets take for "text". Reading takes it off.
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from kith.transfer.reading.delimited import RUNS

APOSTROPHE = "'"
DOUBTFUL = (*RUNS, APOSTROPHE)


class CsvFile:
    """UTF-8 with a byte order mark, by which spreadsheets know that it is."""

    cut = 0

    def __init__(self, path: Path, _name: str, headings: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="", buffering=1 << 18)
        self._write = csv.writer(self._file).writerow
        self.row(headings)

    def row(self, cells: Sequence[Any]) -> None:
        self._write(
            [
                harmless(cell) if cell.__class__ is str and cell.startswith(DOUBTFUL) else cell
                for cell in cells
            ]
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def harmless(text: str) -> str:
    """A text of somebody's own that looks as if it were marked already is marked once more."""
    return f"'{text}" if text.lstrip(APOSTROPHE).startswith(RUNS) else text
