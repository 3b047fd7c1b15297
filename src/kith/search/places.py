"""The place of a document: a number that stands in the order of names.

The first letters of the name, as a number, and the id of the record behind it. Letters that are
common take less room (an arithmetic code), so that nine or ten of them fit; names that begin with
the same ones share a *group*, whose order only the names themselves tell.
"""

from itertools import accumulate

ID_BITS = 28
NAME_BITS = 35
GROUP = 1 << ID_BITS
LARGEST = 2**63 - 1
# What of a thousand letters are this one; whatever else there is gets one part.
COMMON = {
    "a": 120, "b": 17, "c": 24, "d": 28, "e": 75, "f": 11, "g": 22, "h": 45, "i": 66, "j": 15,
    "k": 22, "l": 42, "m": 32, "n": 64, "o": 46, "p": 20, "q": 3, "r": 62, "s": 50, "t": 40,
    "u": 28, "v": 16, "w": 9, "x": 4, "y": 19, "z": 8, " ": 90, **dict.fromkeys("0123456789", 4),
}  # fmt: skip
FIRST, LAST = 0x20, 0x7F
END = 10
SHARES = [END, *(COMMON.get(chr(code), 1) for code in range(FIRST, LAST + 1))]
BEFORE = [0, *accumulate(SHARES)]
WHOLE = BEFORE[-1]


def group_of(name: str) -> int:
    """The first place of names that begin like this one: no greater than that of a name behind."""
    low, room = 0, 1 << NAME_BITS
    for character in name:
        symbol = min(max(ord(character), FIRST), LAST) - FIRST + 1
        begin, end = BEFORE[symbol], BEFORE[symbol + 1]
        low, room = low + room * begin // WHOLE, room * end // WHOLE - room * begin // WHOLE
        if room < 1 or symbol == LAST - FIRST + 1:
            break  # What is beyond the letters has no order of its own.
    return low << ID_BITS


def place_of(name: str, pk: int) -> int:
    """63 bits: those of the name above those of the id."""
    return group_of(name) | pk


def id_at(place: int) -> int:
    """Of the record that stands there."""
    return place & (GROUP - 1)


def places_from(head: str) -> tuple[int, int]:
    """The first and the last place of names that begin with this."""
    return group_of(head), group_of(head + "\x7f" * NAME_BITS) + GROUP - 1
