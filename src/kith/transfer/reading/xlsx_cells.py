"""What the cells of an .xlsx sheet say: shared texts, numbers by their format, truth, errors."""

from collections.abc import Hashable

from .numbers import Cell, Show, iso_moment, number_from_text, shown_as
from .package import Package, feed, safe_parser
from .refusal import Refusal
from .text import clean_text, unescaped

MOST_SEEN = 2_000


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


class CellValues:
    """Turns the text of a cell's XML into its value; `columns` is how far a row may reach."""

    def __init__(self, texts: SharedTexts, shows: list[Show | None], columns: int) -> None:
        self.texts, self.shows, self.columns = texts, shows, columns
        self.seen: dict[Hashable, Cell] = {}

    def remember(self, cell: Hashable, value: Cell) -> None:
        """What a cell was found to say: most columns say the same few things again and again."""
        if len(self.seen) >= MOST_SEEN:
            self.seen.clear()  # By names and numbers, which come once; the others come again.
        self.seen[cell] = value

    def value(self, text: str, kind: str, style: str) -> Cell:
        if kind == "s":
            return self.texts.get(int(text)) if text.strip("- ").isdecimal() else clean_text(text)
        if kind in {"", "n"}:
            show = self.show(style) if style else None
            return shown_as(text, show) if show else number_from_text(text)
        if kind == "b":
            return text.strip() in {"1", "true"}
        if kind == "d":
            return iso_moment(text)
        return clean_text(unescaped(text))

    def show(self, style: str) -> Show | None:
        try:
            return self.shows[int(style)]
        except (ValueError, IndexError):
            return None
