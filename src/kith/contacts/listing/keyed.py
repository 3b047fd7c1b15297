"""The first contacts in an order that has no index of contacts, from where the key is kept.

To work the key out for every contact takes seconds at a million of them. The rows that hold it are
read in their order instead, a portion at a time; of each portion those contacts are kept that are
listed and go by this very key: not by another site or a better phone. Those that share a key stand
by name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import QuerySet

from kith.contacts.listing.filters import at_least
from kith.contacts.listing.holders import KEY, Holders, Holding
from kith.contacts.listing.sort_keys import sort_key
from kith.contacts.listing.sorting import Cursor, Order, Part
from kith.contacts.listing.walked import SORTED, Found, read_found, rows_at
from kith.contacts.models import Contact
from kith.core.among import among
from kith.search.engine import FEW, worth_walking

SIZES = (100, 400, 2_000)
"""So many rows are read at first, then, and after that each time."""
MOST = 6_000
"""Where so many bring too few, because little of the list is shown, every contact is asked."""
Named = tuple[Any, str, int]
"""The key, the name and the id of a contact."""


class Keyed(Protocol):
    """A list in such an order."""

    @property
    def user(self) -> Any: ...

    @property
    def is_listed(self) -> bool:
        """Whether it is of contacts, not of prospects or the trash."""
        ...

    def asked(self) -> QuerySet[Contact]:
        """All, each to be asked whether it is one of them, in no order."""
        ...


@dataclass(frozen=True)
class _Walk:
    """`contacts` are those of the list, each to be asked, with their keys."""

    holders: Holders
    contacts: QuerySet[Contact]
    part: Part
    down: bool
    backwards: bool

    def portion(self, rows: Sequence[Holding]) -> list[Named]:
        """The contacts among these that go by the key they stand under, in order."""
        asked = self.contacts.filter(among("pk", dict.fromkeys(pk for _key, pk in rows)))
        cells = asked.values_list(KEY, "sort_name", "pk")
        there = {(key, pk): name for key, name, pk in cells}
        places = {key: n for n, key in enumerate(dict.fromkeys(key for key, _pk in rows))}
        found = [(key, there[key, pk], pk) for key, pk in dict.fromkeys(rows) if (key, pk) in there]
        by_name = sorted(found, key=lambda each: each[1:], reverse=self.backwards)
        return sorted(by_name, key=lambda each: places[each[0]])

    def group(self, key: Any, start: Cursor | None, limit: int) -> list[Named]:
        """The next ones of many that share a key."""
        ids, some = self.holders.of(key), worth_walking(Contact)
        named, listed = self.contacts.filter(**{KEY: key}), self.holders.listed(key)
        if listed is None:
            common = at_least(ids, some, remember=some > FEW)
            gathered = named.filter(pk__in=ids)
            part = Part(self.part.tier, gathered, Order("name"), named if common else None)
        else:
            common, part = True, Part(self.part.tier, self.contacts.filter(listed), Order("name"))
        cursor = Cursor("name", 0, start.key[1], start.id) if start else None
        few = listed is None and not (common and at_least(ids, SORTED, remember=some > FEW))
        found = read_found(
            part, cursor, limit, backwards=self.backwards, sorting=listed is None, few=few
        )
        return [(key, name, pk) for (_tier, name, pk), _cells in found]


def read_keyed(
    part: Part,
    start: Cursor | None,
    limit: int,
    *,
    source: Keyed,
    backwards: bool,
) -> Found | None:
    """As many as wanted; None where they have to be looked for otherwise."""
    name = part.order.name.removeprefix("-")
    known = sort_key(name)
    if known is None or known.holders is None or part.order.column != KEY:
        return None
    if known.listed and not source.is_listed:
        return None
    down = part.order.name.startswith("-") != backwards
    asked = known.add(source.asked(), source.user)
    walk = _Walk(known.holders(source.user), asked, part, down, backwards)
    named = _read(walk, start, limit)
    if named is None:
        return None
    return rows_at([(part.tier, [key, name], pk) for key, name, pk in named])


def _read(walk: _Walk, start: Cursor | None, limit: int) -> list[Named] | None:
    found: list[Named] = []
    key, within, looked, step = (start.key[0] if start else None), True, 0, 0
    while len(found) < limit:
        if looked >= MOST:
            return None
        size = SIZES[min(step, len(SIZES) - 1)]
        rows = walk.holders.portion(key, size, down=walk.down, within=within)
        whole = len(rows) < size
        complete = rows if whole else [row for row in rows if row[0] != rows[-1][0]]
        if complete or whole:
            found += _beyond(walk.portion(complete), start, backwards=walk.backwards)
            key, within = rows[-1][0] if rows else None, True
        else:
            key, within = rows[0][0], False
            here = start if start and start.key[0] == key else None
            found += walk.group(key, here, limit - len(found))
        looked, step = looked + len(rows), step + 1
        if whole:
            break
    return found[:limit]


def _beyond(named: Iterable[Named], start: Cursor | None, *, backwards: bool) -> Iterable[Named]:
    """Of the key that the cursor stands at only those behind it."""
    if start is None:
        return named
    (first, name), pk = start.key, start.id
    return [
        each
        for each in named
        if each[0] != first or ((each[1:] < (name, pk)) if backwards else (each[1:] > (name, pk)))
    ]
