"""Text tables (.csv, .tsv, .txt) in constant memory, whatever wrote them."""

import csv
import io
import re
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from .encoding import text_encoding
from .limits import Limits
from .numbers import Cell
from .refusal import Refusal
from .tables import Row, SheetInfo, fitting
from .text import clean_text

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What begins so would be run by a spreadsheet."""
DELIMITERS = ",;\t|"
SEP_LINE = re.compile(r'"?sep=(.)"?[\r\n]*', re.IGNORECASE)
SAMPLE_LINES = 200


class DelimitedReader:
    """`encoding` and `delimiter` are found by looking unless they are given."""

    def __init__(
        self,
        path: Path,
        limits: Limits,
        pulse: Callable[[], None],
        encoding: str | None = None,
        delimiter: str | None = None,
    ) -> None:
        self.path, self.limits, self.pulse = path, limits, pulse
        self.found = text_encoding(path, pulse)
        self.encoding = encoding or self.found.encoding
        head = list(islice(self.lines(), SAMPLE_LINES))
        told = SEP_LINE.fullmatch(head[0]) if head else None
        self.skip = 1 if told else 0
        self.latest = ""
        self.delimiter = delimiter or (told[1] if told else guess_delimiter(head))

    def sheets(self) -> list[SheetInfo]:
        return [SheetInfo(self.path.stem, rows=self.found.lines + 1 - self.skip)]

    def lines(self) -> Iterator[str]:
        with self.path.open("rb") as file:
            file.seek(self.found.skip)
            text = io.TextIOWrapper(file, self.encoding, errors="kith-odd-bytes", newline="")
            for number, line in enumerate(text):
                if not number % 4096:
                    self.pulse()
                yield line

    def rows(self, _sheet: int = 0) -> Iterator[Row]:
        """Row numbers count records, as a spreadsheet would number them: blank ones too."""
        csv.field_size_limit(self.limits.cell_chars)
        # A last line of our own tells whether a quotation mark was left open: it then has
        # swallowed the rest of the file, this line included.
        last = secrets.token_hex(16)
        records = csv.reader(self.ended(last), delimiter=self.delimiter)
        number = 0
        while True:
            begun = records.line_num
            try:
                record = next(records)
            except (StopIteration, csv.Error) as error:
                raise self.unreadable(number + 1, records.line_num - begun) from error
            number += 1
            if record and record[-1].endswith(last):
                if record == [last]:
                    return
                raise Refusal("damaged", "open-quote", row=number)
            texts: list[Cell] = [
                clean_text(told_as_text(text)) if text else None for text in record
            ]
            if cells := fitting(texts, number, self.limits.columns):
                yield number, cells

    def unreadable(self, row: int, lines: int) -> Refusal:
        """A cell without end is most likely a quotation mark without another one."""
        if lines > 1 or '"' in self.latest:
            return Refusal("damaged", "open-quote", row=row)
        return Refusal("too-large", "long-cell", row=row, limit=self.limits.cell_chars)

    def ended(self, last: str) -> Iterator[str]:
        for line in islice(self.lines(), self.skip, None):
            self.latest = line
            yield line
        self.latest = last
        yield last


def told_as_text(text: str) -> str:
    """Without the apostrophe by which spreadsheets, and Kith, say that it is no formula."""
    return text[1:] if text[0] == "'" and text.lstrip("'").startswith(RUNS) else text


def guess_delimiter(lines: list[str]) -> str:
    scores = {delimiter: consistency(lines, delimiter) for delimiter in DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    return best if scores[best] else ","


def consistency(lines: list[str], delimiter: str) -> float:
    """Returns how well the lines fall into one number of columns, the first line above all."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0.0
    if not widths or max(widths) < 2:
        return 0.0
    width, count = Counter(widths).most_common(1)[0]
    heading = 0.3 if widths[0] < 2 else 1.0
    return heading * (count / len(widths)) * (1 - 1 / (width + 1)) if width > 1 else 0.05 * heading
