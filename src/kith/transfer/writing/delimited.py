"""Text with commas (.csv), with nothing in it that a spreadsheet would run.

A spreadsheet runs a cell as a formula by its first character. In .csv, where a text cannot be told
to be one, such a text gets the apostrophe that spreadsheets take for "text".
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class CsvFile:
    """UTF-8 with a byte order mark, by which spreadsheets know that it is."""

    def __init__(self, path: Path, _name: str, headings: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="", buffering=1 << 18)
        self._write = csv.writer(self._file).writerow
        self.row(headings)

    def row(self, cells: Sequence[Any]) -> None:
        self._write(
            [
                f"'{cell}" if isinstance(cell, str) and cell.startswith(RUNS) else cell
                for cell in cells
            ]
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
