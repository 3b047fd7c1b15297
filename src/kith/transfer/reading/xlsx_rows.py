"""The rows of an .xlsx sheet from its XML, in two ways.

The exact way is an XML parser's; it calls back for every tag, some ten million times in a large
sheet. The quick way knows the few shapes in which programs write cells and takes a row at once,
at a third of the cost. It counts: a row with a cell that it doesn't know goes the exact way.
"""

import codecs
import re
from collections.abc import Iterator

from .numbers import Cell
from .package import feed, safe_parser
from .refusal import Refusal
from .tables import Row, column_letters, column_number, too_wide
from .xlsx_cells import CellValues

# What follows a part never begins as that part goes on: so nothing is tried a second time (`++`).
CELL = re.compile(
    r'<c r="([A-Z]{1,3}+)[0-9]++"(?: s="([0-9]++)")?+(?: t="([a-zA-Z]++)")?+'
    r"(?:/>|>(?:<f>[^<]*+</f>|<f/>)?+"
    r'(?:<v>([^<&\r]*+)</v>|<is><t(?: xml:space="preserve")?+>([^<&\r]*+)</t></is>)?+</c>)'
)
ROW = re.compile(r'<row(?: [^<>]*?)? r="([0-9]+)"[^<>]*>')
FIRST_ROW = re.compile(rb"<row[ >/][^<>]*")
NAMES = [column_letters(number) for number in range(1, 1025)]
NUMBERS = {name: number for number, name in enumerate(NAMES, start=1)}
END = "</row>"
LONGEST_ROW = 16 << 20
Found = tuple[str, str, str, str, str]
"""Of a cell: the letters of its column, style, kind, and its text or the inline one."""


def quick_rows(pieces: Iterator[bytes], values: CellValues) -> Iterator[Row]:
    """Yields the rows that hold something."""
    first = next(pieces, b"")
    if not is_plain(first):
        yield from ExactParser(values).rows(chained(first, pieces))
        return
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest = ""
    for piece in chained(first, pieces):
        *rows, rest = (rest + decoded(decoder, piece)).split(END)
        for row in rows:
            yield from row_of(row, values)
        if "</sheetData" in rest or "<sheetData/>" in rest:
            return
        rest = rest[max(0, rest.rfind("<row")) :]
        if len(rest) > LONGEST_ROW:
            raise Refusal("too-large", "zip-bomb")
    raise Refusal("damaged")


def decoded(decoder: codecs.IncrementalDecoder, piece: bytes) -> str:
    try:
        return decoder.decode(piece)
    except UnicodeDecodeError as error:
        raise Refusal("damaged") from error


def is_plain(first: bytes) -> bool:
    """UTF-8 without prefixes, comments or document type, and rows that say their number."""
    if b"<sheetData" not in first or b"<!" in first or b"\0" in first:
        return False
    row = FIRST_ROW.search(first)
    return not row or b' r="' in row[0]


def chained(first: bytes, pieces: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from pieces


def row_of(xml: str, values: CellValues) -> list[Row]:
    """A row up to its end tag; empty rows before it may have no end tag of their own."""
    start = xml.rfind("<row")
    match = ROW.match(xml, start)
    if not match:
        return exact_row(xml[max(0, start) :], values)
    if "<v" not in xml and "<t" not in xml and "<!" not in xml:
        return []  # Only formats, as of a million rows that somebody gave a border.
    cells = xml.count("<c ", match.end()) + xml.count("<c>", match.end())
    found = CELL.findall(xml, match.end())
    if len(found) != cells or "<!" in xml:
        return exact_row(xml[start:], values)
    number = int(match[1])
    row = cells_of(found, values, number)
    return [(number, row)] if row else []


def exact_row(xml: str, values: CellValues) -> list[Row]:
    """A row without a number could be any; that sheet is for another reader."""
    if not ROW.match(xml):
        raise Refusal("damaged")
    return list(ExactParser(values).rows(iter([f"<worksheet>{xml}{END}</worksheet>".encode()])))


def cells_of(found: list[Found], values: CellValues, number: int) -> list[Cell]:
    row: list[Cell] = []
    columns, seen = values.columns, values.seen
    for cell in found:
        value = seen.get(cell)
        if value is None:
            value = value_of(cell, values)
            if value is None:
                continue
        letters, at = cell[0], len(row)
        if at < columns and letters == NAMES[at]:
            row.append(value)
        else:
            put(row, NUMBERS.get(letters) or column_number(letters), value, number, columns)
    return row


def value_of(cell: Found, values: CellValues) -> Cell:
    _letters, style, kind, text, inline = cell
    if not (text or inline):
        return None
    value: Cell
    texts = values.texts.texts
    if kind == "s" and text.isdecimal() and int(text) < len(texts):
        value = texts[int(text)]
    else:
        value = values.value(text or inline, kind, style)
    if value is not None:
        values.remember(cell, value)
    return value


class ExactParser:
    """Turns the XML of one sheet into rows; only rows that hold something come out."""

    def __init__(self, values: CellValues) -> None:
        self.values = values
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
        value = self.values.value(text, cell.get("t", ""), cell.get("s", ""))
        if value is None:
            return
        if column == len(row) + 1 and column <= self.values.columns:
            row.append(value)
        else:
            put(row, column, value, self.number, self.values.columns)


def put(row: list[Cell], column: int, value: Cell, number: int, columns: int) -> None:
    """Fills the gap that left-out empty cells make; of two values for a cell the later stays."""
    if not 0 < column <= columns:
        raise too_wide(number, column, columns) if column else Refusal("damaged")
    row.extend([None] * (column - len(row)))
    row[column - 1] = value
