"""Zipped workbooks: parts read as streams, with limits that no zip bomb gets through.

Names inside the archive are only looked up, never used as paths.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from .limits import Limits
from .refusal import Refusal

CHUNK = 1 << 17
GRACE = 50 << 20  # Small parts may be packed as tightly as they like.
MANY_PARTS = 20_000


class Package:
    """`pulse` is called for every piece read, so that the parent knows that work goes on."""

    def __init__(self, path: Path, limits: Limits, pulse: Callable[[], None]) -> None:
        self.limits, self.pulse = limits, pulse
        try:
            self.archive = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise Refusal("damaged") from error
        parts = self.archive.infolist()
        if len(parts) > MANY_PARTS:
            raise Refusal("too-large", "many-parts")
        self.parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in parts}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self.parts

    def has(self, pattern: str) -> bool:
        """Is there a part whose whole name, in lower case, matches?"""
        return any(map(re.compile(pattern).fullmatch, self.parts))

    def stream(self, name: str) -> Iterator[bytes]:
        """Yields the part in pieces. Raises Refusal when it is missing, damaged or a bomb."""
        info = self.parts.get(name.lower())
        if info is None:
            raise Refusal("damaged")
        if info.flag_bits & 1:
            raise Refusal("encrypted")
        self.check_size(info.file_size, info.compress_size)
        seen = 0
        try:
            with self.archive.open(info) as part:
                while piece := part.read(CHUNK):
                    seen += len(piece)
                    self.check_size(seen, info.compress_size)
                    self.pulse()
                    yield piece
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
            raise Refusal("damaged") from error
        except Exception as error:
            if type(error).__module__ in {"zlib", "lzma", "_lzma"}:
                raise Refusal("damaged") from error
            raise

    def check_size(self, seen: int, packed: int) -> None:
        bomb = seen > GRACE and seen > packed * self.limits.packing_ratio
        if bomb or seen > self.limits.unpacked_bytes:
            raise Refusal("too-large", "zip-bomb")

    def small(self, name: str) -> Iterator[bytes]:
        """A part that describes the workbook: kept whole, so kept short."""
        seen = 0
        for piece in self.stream(name):
            seen += len(piece)
            if seen > self.limits.small_part_bytes:
                raise Refusal("too-large", "zip-bomb")
            yield piece


def safe_parser() -> expat.XMLParserType:
    """An XML parser that refuses document types, and with them entities of any kind."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    return parser


def refuse_doctype(*_: object) -> None:
    raise Refusal("unsupported", "doctype")


def feed(parser: expat.XMLParserType, pieces: Iterator[bytes]) -> Iterator[None]:
    """Parses piece by piece, giving the caller a turn after each."""
    try:
        for piece in pieces:
            parser.Parse(piece)
            yield
        parser.Parse(b"", True)  # noqa: FBT003  # The C function has no keywords.
    except expat.ExpatError as error:
        raise Refusal("damaged") from error
    yield


def elements(pieces: Iterator[bytes]) -> Iterator[tuple[str, dict[str, str], str]]:
    """Yields (name, attributes, parent) of every element; prefixes are cut off."""
    found: list[tuple[str, dict[str, str], str]] = []
    path = [""]
    parser = safe_parser()

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        values = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append((local, values, path[-1]))
        path.append(local)

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: path.pop()
    for _ in feed(parser, pieces):
        yield from found
        found.clear()
