"""One page of a list, and how many there are in all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from django.db.models import QuerySet

from kith.contacts.listing.counts import raised
from kith.contacts.listing.gathered import Place, portion
from kith.contacts.listing.keyed import Keyed, read_keyed
from kith.contacts.listing.sorting import EMPTY, UNKNOWN, Cursor, Order, Part, indexed, read_cursor
from kith.contacts.listing.state import RELEVANCE
from kith.contacts.listing.streamed import Stream
from kith.contacts.listing.walked import Found, in_order, keys_of, read_found, rows_at
from kith.contacts.models import Contact
from kith.search.limits import TooSlow, cut_off

PER_PAGE = 50
LAST = "last"
"""In the place of a cursor: the page before the end."""


class Source(Keyed, Protocol):
    """What is paged through: a Selection, the trash."""

    @property
    def sort(self) -> str: ...

    @property
    def places(self) -> Sequence[Place] | None:
        """All rows in order, where they are few and have been looked up."""
        ...

    @property
    def sifts(self) -> bool:
        """Whether more rows are looked at than are shown: then only these are read whole."""
        ...

    def count(self) -> int: ...

    def is_exact(self, _total: int, /) -> bool:
        """Whether they were counted to the end."""
        ...

    def tiers(self) -> Sequence[int]: ...

    def walked(self, _tier: int = 0, /) -> QuerySet[Contact] | None:
        """The same as `in_order`, each asked in turn; None where that is no other way."""
        ...

    def in_order(self, _tier: int = 0, /) -> QuerySet[Contact]:
        """The tier counts where the sort is RELEVANCE."""
        ...

    def streamed(self, _tier: int = 0, /) -> Stream | None:
        """The same in the order of names; None where the index of words can't tell."""
        ...


@dataclass(frozen=True, slots=True)
class ListPage:
    """`rows` hold what `rows.columns` names; `after` and `before` are cursors, "" at an end.
    `first` is 0 where nobody has counted how many stand before."""

    rows: Sequence[tuple[Any, ...]]
    first: int
    total: int
    after: str
    before: str

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


def list_page(
    source: Source, *, after: str = "", before: str = "", per_page: int = PER_PAGE
) -> ListPage:
    """The page behind or before a cursor; the first one when there is no sound cursor."""
    if before == LAST:
        return _last_page(source, per_page)
    start = read_cursor(before, source.sort)
    if start:
        found = _fetch(source, start, per_page + 1, backwards=True)
        if len(found) > per_page:
            shown = found[1:]
            first = max(start.position - len(shown), 1) if start.position > 0 else 0
            return _page(source, shown, first, start.total, more=True)
    start = None if start else read_cursor(after, source.sort)
    found = _fetch(source, start, per_page + 1, backwards=False)
    if start and start.total >= 0:
        total = start.total
    else:
        total = len(found) if not start and len(found) <= per_page else source.count()
    first = (start.position + 1 if start.position > 0 else 0) if start else 1
    return _page(source, found[:per_page], first, total, more=len(found) > per_page)


def _last_page(source: Source, per_page: int) -> ListPage:
    """As full as the pages before it leave it, where it is known how many there are."""
    total = source.count()
    known = source.is_exact(total)
    wanted = (total - 1) % per_page + 1 if known and total else per_page
    found = _fetch(source, None, wanted, backwards=True)
    first = max(total - len(found) + 1, 1) if known else 0
    return _page(source, found, first, total, more=False)


def quick_page(source: Source, *, after: str = "", before: str = "") -> ListPage | None:
    """The same, unless it takes too long."""
    try:
        with cut_off():
            return list_page(source, after=after, before=before)
    except TooSlow:
        return None


NOTHING = ListPage(rows=[], first=0, total=0, after="", before="")


def best(source: Source, limit: int) -> Sequence[tuple[Any, ...]]:
    """The first few, uncounted."""
    return [row for _place, row in _fetch(source, None, limit, backwards=False)]


def _page(source: Source, found: Found, first: int, total: int, *, more: bool) -> ListPage:
    def cursor(index: int, position: int) -> str:
        place = position if first else UNKNOWN
        return str(Cursor(source.sort, *found[index][0], place, total))

    last = first + len(found) - 1
    return ListPage(
        rows=[row for _place, row in found],
        first=first,
        total=raised(total, last),
        after=cursor(-1, last) if more else "",
        before=cursor(0, first) if found and first != 1 else "",
    )


def _fetch(source: Source, start: Cursor | None, limit: int, *, backwards: bool) -> Found:
    """Part after part, until there are enough; the cursor's own one from where it stands."""
    if source.places is not None:
        found = rows_at(portion(source.places, start, limit, backwards=backwards))
        return found[::-1] if backwards else found
    parts: Sequence[Part | Sifted] = _parts(source)
    parts = parts[::-1] if backwards else parts
    tiers = [each.tier for each in parts]
    if start and start.tier in tiers:
        parts = parts[tiers.index(start.tier) :]
    found = []
    for part in parts:
        here = start if start and start.tier == part.tier else None
        found += _read_part(source, part, here, limit - len(found), backwards=backwards)
        if len(found) >= limit:
            break
    return found[::-1] if backwards else found


@dataclass(frozen=True, slots=True)
class Sifted:
    """A part of what a search finds, in an order that has an index."""

    tier: int
    order: Order


def _parts(source: Source) -> "Sequence[Part | Sifted]":
    if source.sort == RELEVANCE:
        return [Sifted(tier, Order("name")) for tier in source.tiers()]
    order = Order(source.sort)
    if not indexed(source.sort):
        return order.parts(source.in_order(), source.user)
    if source.sifts:
        return [Sifted(0, order)]
    return [Part(0, source.in_order(), order, source.walked())]


def _read_part(
    source: Source, part: Part | Sifted, start: Cursor | None, limit: int, *, backwards: bool
) -> Found:
    if isinstance(part, Part):
        return _read(source, part, start, limit, backwards=backwards)
    stream = source.streamed(part.tier) if part.order.column == "sort_name" else None
    down = part.order.name.startswith("-") != backwards
    named = stream.read(start, limit, backwards=down) if stream else None
    if named is not None:
        return rows_at([(part.tier, name, pk) for name, pk in named])
    asked = Part(part.tier, source.in_order(part.tier), part.order, source.walked(part.tier))
    return read_found(asked, start, limit, backwards=backwards)


def _read(
    source: Source, part: Part, start: Cursor | None, limit: int, *, backwards: bool
) -> Found:
    if not source.sifts and part.walked is not None:
        return read_found(part, start, limit, backwards=backwards, sorting=True)
    keyed = read_keyed(part, start, limit, source=source, backwards=backwards)
    if keyed is not None:
        return keyed
    if source.sifts:
        return read_found(part, start, limit, backwards=backwards)
    if part.tier == EMPTY:
        part = replace(part, walked=part.contacts)
        return read_found(part, start, limit, backwards=backwards, sorting=True, few=True)
    rows = in_order(part.contacts, part.order, start, backwards=backwards)
    return rows_at([(part.tier, key, pk) for key, pk in keys_of(rows, part.order, limit)])
