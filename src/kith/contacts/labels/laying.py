"""Which address goes where on which sheet, and in letters of what size."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import Any

from kith.contacts.labels.addressees import Addressee
from kith.contacts.labels.sheets import Sheet

POINT = 0.3528
"""Millimetres."""
LINE = 1.2
"""The height of a line, to the size of its letters."""
SMALLEST = 5.0
MOST_LINES = 10
LONGEST_WORD = 24
LANGUAGES = {
    "JP": "ja", "KR": "ko", "KP": "ko", "CN": "zh", "SG": "zh", "TW": "tw", "HK": "tw", "MO": "tw",
}  # fmt: skip
MEASURES = ("page_width", "page_height", "width", "height", "padding")
ZERO_WIDTH_SPACE = "\u200b"

Job = Mapping[str, Any]


def job_of(
    found: Sequence[Addressee],
    sheet: Sheet,
    *,
    start: int = 1,
    sender: str = "",
    outlines: bool = False,
) -> Job:
    """What contacts/data/labels.typ is filled with. `start`: the first free label of the first
    sheet; `outlines` draws where the labels end, for the eye."""
    return {
        "sheet": {each: getattr(sheet, each) for each in MEASURES},
        "places": list(sheet.places()),
        "pages": _pages(found, sheet, start) or [[]],
        "sender": _sender(sender, sheet),
        "outlines": outlines,
    }


def _pages(found: Sequence[Addressee], sheet: Sheet, start: int) -> list[list[dict[str, Any]]]:
    pages: list[list[dict[str, Any]]] = []
    for place, each in enumerate(found, start - 1):
        if not pages or place % sheet.per_page == 0:
            pages.append([])
        label = label_of(each.lines, sheet.letters, inner(sheet), each.country)
        pages[-1].append(label | {"place": place % sheet.per_page})
    return pages


def _sender(text: str, sheet: Sheet) -> dict[str, Any] | None:
    lines = [line for each in text.splitlines() if (line := each.strip())]
    if not (lines and sheet.is_envelope):
        return None
    return label_of(lines, 9, (sheet.page_width * 0.4, sheet.page_height * 0.3))


def inner(sheet: Sheet) -> tuple[float, float]:
    return sheet.width - 2 * sheet.padding, sheet.height - 2 * sheet.padding


def label_of(
    lines: Sequence[str], letters: float, room: tuple[float, float], country: str = ""
) -> dict[str, Any]:
    kept = [_breakable(line) for line in lines[:MOST_LINES]]
    return {
        "lines": [{"text": line, "rtl": is_rtl(line)} for line in kept],
        "size": size_for(kept, letters, room),
        "rtl": bool(kept) and is_rtl(kept[0]),
        "language": LANGUAGES.get(country, ""),
    }


def size_for(lines: Sequence[str], letters: float, room: tuple[float, float]) -> float:
    """The largest size, in half points, at which all lines go in, by what letters usually take."""
    size = letters
    while size > SMALLEST and not goes_in(lines, size, room):
        size -= 0.5
    return size


def goes_in(lines: Sequence[str], size: float, room: tuple[float, float]) -> bool:
    width, height = room
    across = width / (size * POINT)
    needed = sum(max(1, ceil(wide(line) / across)) for line in lines)
    return needed * size * POINT * LINE <= height


def too_long(found: Iterable[Addressee], sheet: Sheet) -> list[Addressee]:
    """Those whose address is cut, though it is set in the smallest letters."""
    room = inner(sheet)
    return [
        each
        for each in found
        if len(each.lines) > MOST_LINES or not goes_in(each.lines, SMALLEST, room)
    ]


def wide(text: str) -> float:
    """How wide it is, in letters as wide as they are high."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.6 for sign in text)


def is_rtl(text: str) -> bool:
    """By its first letter that has a direction."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in ("R", "AL", "L"):
            return direction != "L"
    return False


def _breakable(line: str) -> str:
    """A word that no line is long enough for may be parted anywhere."""
    return " ".join(_parted(word) for word in line.split())


def _parted(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return ZERO_WIDTH_SPACE.join(word)


def doubtful_lines(found: Iterable[Addressee]) -> list[str]:
    """The texts in which a character may be that no font has: beyond those of Western Europe."""
    lines = dict.fromkeys(line for each in found for line in each.lines)
    return [line for line in lines if any(ord(sign) > 0xFF for sign in line)]


def holding(found: Iterable[Addressee], missing: str) -> list[Addressee]:
    """Those whose label has one of these characters."""
    signs = set(missing)
    return [each for each in found if signs.intersection("".join(each.lines))]
