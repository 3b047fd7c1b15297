"""In what order a list stands, and how one page of it follows another.

A cursor names the last row of a page by its sort key and id, so that the next page begins
behind it however deep it lies and whatever was added before it. The id makes the order total.
"""

import datetime as dt
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as BadBase64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Q, QuerySet

from kith.contacts.listing.holders import KEY
from kith.contacts.listing.sort_keys import read_text, sort_key
from kith.contacts.models import Contact

COLUMNS = {
    "name": "sort_name",
    "code": "code",
    "created": "created_at",
    "updated": "updated_at",
    "trashed": "trashed_at",
}
LARGEST = 2**63 - 1
FILLED, EMPTY = 1, 2
UNKNOWN = -1
"""A position that nobody has counted."""


def indexed(sort: str) -> bool:
    return sort.removeprefix("-") in COLUMNS


def sortable(sort: str) -> bool:
    return indexed(sort) or sort_key(sort.removeprefix("-")) is not None


@dataclass(frozen=True, slots=True)
class Order:
    """`name` as the URL has it: "name", "-created", "city"."""

    name: str

    @property
    def column(self) -> str:
        return COLUMNS.get(self.name.removeprefix("-"), KEY)

    def parts(self, contacts: QuerySet[Contact], user: Any) -> "Sequence[Part]":
        """What is listed, part after part: where the order has no index, what is empty comes
        last, by name."""
        if indexed(self.name):
            return [Part(0, contacts, self)]
        key = sort_key(self.name.removeprefix("-"))
        assert key
        keyed = key.add(contacts, user)
        filled = keyed.filter(**{f"{KEY}__isnull": False})
        empty = keyed.filter(**{f"{KEY}__isnull": True})
        first = Part(FILLED, filled, self)
        return [first] if key.whole else [first, Part(EMPTY, empty, Order("name"))]

    @property
    def cells(self) -> tuple[str, ...]:
        """What a cursor has to know of a row beside its id."""
        return (KEY, "sort_name") if self.column == KEY else (self.column,)

    def columns(self, *, backwards: bool) -> tuple[str, ...]:
        """Those that share a key stand by name, whichever way the keys go."""
        sign = "-" if self.name.startswith("-") != backwards else ""
        if self.column != KEY:
            return f"{sign}{self.column}", f"{sign}id"
        tied = "-" if backwards else ""
        return f"{sign}{KEY}", f"{tied}sort_name", f"{tied}id"

    def beyond(self, key: Any, pk: int, *, backwards: bool) -> Q:
        """The rows that follow (key, pk), or that precede it.

        Said as `column >= key and not (column = key and id <= pk)`, which both databases read
        as one range of the index; the plain form with `or` makes them read it from its start.
        """
        down = self.name.startswith("-") != backwards
        if self.column == KEY:
            first, name = key
            return _beyond_name(first, name, pk, down=down, backwards=backwards)
        side, past = ("lte", "gte") if down else ("gte", "lte")
        tied = Q(**{self.column: key, f"id__{past}": pk})
        return Q(**{f"{self.column}__{side}": key}) & ~tied


def _beyond_name(key: Any, name: str, pk: int, *, down: bool, backwards: bool) -> Q:
    side, past = ("lt" if down else "gt"), ("lt" if backwards else "gt")
    behind = Q(**{f"sort_name__{past}": name}) | Q(**{"sort_name": name, f"id__{past}": pk})
    return Q(**{f"{KEY}__{side}": key}) | Q(**{KEY: key}) & behind


@dataclass(frozen=True, slots=True)
class Part:
    """Contacts in an order of their own; `tier` says which part of the whole list they are.

    `walked` are the same, asked for so that a few that come early in the order are soon found.
    """

    tier: int
    contacts: QuerySet[Contact]
    order: Order
    walked: QuerySet[Contact] | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """A row's place: its tier (of relevance, of what is filled, else 0), sort key and id.

    `position` counts the rows up to and with it, `total` is what was counted on the first page
    (UNKNOWN where nobody has): only to be shown.
    """

    sort: str
    tier: int
    key: Any
    id: int
    position: int = 0
    total: int = -1

    def __str__(self) -> str:
        parts = [self.sort, self.tier, self.key, self.id, self.position, self.total]
        return urlsafe_b64encode(orjson.dumps(parts, default=str)).decode().rstrip("=")


def read_cursor(text: str, sort: str) -> Cursor | None:
    """None for what we did not write, or wrote for another order."""
    if not text or len(text) > 2_000:
        return None
    try:
        parts = orjson.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return _checked(parts, sort)
    except (BadBase64, ValueError, TypeError):
        return None


def _checked(parts: Any, sort: str) -> Cursor | None:
    """Raises ValueError or TypeError for parts of the wrong kind."""
    found, tier, key, *numbers = parts
    pk, position, total = numbers
    fits = found == sort
    whole = all(isinstance(n, int) and UNKNOWN <= n <= LARGEST for n in (tier, pk, position, total))
    if not fits or not whole:
        return None
    return Cursor(sort, tier, _reader(sort, tier)(key), pk, position, total)


def _reader(sort: str, tier: int) -> Callable[[Any], Any]:
    name = sort.removeprefix("-")
    if indexed(sort) and name not in ("name", "code"):
        return lambda key: _aware(dt.datetime.fromisoformat(key))
    found = None if indexed(sort) or tier == EMPTY else sort_key(name)
    return _with_name(found.read) if found else read_text


def _with_name(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def pair(key: Any) -> list[Any]:
        if not isinstance(key, list):
            raise TypeError(key)
        first, name = key
        return [read(first), read_text(name)]

    return pair


def _aware(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None or not 1 < moment.year < 9999:
        raise ValueError(moment)
    return moment
