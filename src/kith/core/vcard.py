"""Writes vCards: 3.0 (RFC 2426), which every phone reads, and 4.0 (RFC 6350)."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

LONGEST = 75
"""Bytes of a line; what is longer goes on in the next, after a space."""
V3, V4 = "3.0", "4.0"
ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


class Property(NamedTuple):
    """`parts` are the components of a structured value, each a text or a list of them."""

    name: str
    parts: Sequence[str | Sequence[str]]
    types: tuple[str, ...] = ()
    params: str = ""
    """More of them, as they are written."""
    raw: str = ""
    """A value that is written as it is."""


def card(properties: Iterable[Property], version: str) -> str:
    lines = ["BEGIN:VCARD", f"VERSION:{version}"]
    for each in properties:
        head = each.name + "".join(f";TYPE={_type(kind, version)}" for kind in each.types)
        value = each.raw or ";".join(map(_part, each.parts))
        lines.append(f"{head}{each.params}:{value}")
    return "".join(f"{folded}\r\n" for line in (*lines, "END:VCARD") for folded in _fold(line))


def _type(kind: str, version: str) -> str:
    return kind.upper() if version == V3 else kind


def _part(part: str | Sequence[str]) -> str:
    texts = [part] if isinstance(part, str) else part
    return ",".join(text.translate(ESCAPED) for text in texts)


def _fold(line: str) -> Iterable[str]:
    """Never within a character."""
    if len(line.encode()) <= LONGEST:
        yield line
        return
    if line.isascii():
        yield line[:LONGEST]
        for at in range(LONGEST, len(line), LONGEST - 1):
            yield f" {line[at : at + LONGEST - 1]}"
        return
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST:
            yield piece
            piece, size = " ", 1
        piece += character
        size += width
    yield piece
