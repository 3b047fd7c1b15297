"""One page of a list, and how many there are in all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from kith.contacts.listing.rows import columns
from kith.contacts.listing.sorting import Cursor, Order, read_cursor
from kith.contacts.listing.state import RELEVANCE
from kith.contacts.models import Contact
from kith.search.limits import TooSlow, cut_off

PER_PAGE = 50

Place = tuple[int, Any, int]
"""The tier, sort key and id of a row."""
Found = list[tuple[Place, tuple[Any, ...]]]


class Source(Protocol):
    """What is paged through: a Selection, the trash."""

    @property
    def sort(self) -> str: ...

    def count(self) -> int: ...

    def tiers(self) -> Sequence[int]: ...

    def in_order(self, _tier: int = 0, /) -> QuerySet[Contact]:
        """The tier counts where the sort is RELEVANCE."""
        ...


@dataclass(frozen=True, slots=True)
class ListPage:
    """`rows` hold what `rows.columns` names; `after` and `before` are cursors, "" at an end."""

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
    start = read_cursor(before, source.sort)
    if start:
        found = _fetch(source, start, per_page + 1, backwards=True)
        if len(found) > per_page:
            shown = found[1:]
            return _page(source, shown, start.position - len(shown), start.total, more=True)
    start = None if start else read_cursor(after, source.sort)
    total = start.total if start and start.total >= 0 else source.count()
    wanted = per_page + 1 if start else min(per_page + 1, total)
    found = _fetch(source, start, wanted, backwards=False) if wanted else []
    first = start.position + 1 if start else 1
    return _page(source, found[:per_page], first, total, more=len(found) > per_page)


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
        return str(Cursor(source.sort, *found[index][0], position, total))

    first = max(first, 1)
    last = first + len(found) - 1
    return ListPage(
        rows=[row for _place, row in found],
        first=first,
        total=max(total, last),
        after=cursor(-1, last) if more else "",
        before=cursor(0, first) if found and first > 1 else "",
    )


def _fetch(source: Source, start: Cursor | None, limit: int, *, backwards: bool) -> Found:
    if source.sort == RELEVANCE:
        found = _fetch_tiers(source, start, limit, backwards=backwards)
    else:
        order = Order(source.sort)
        found = _read(source.in_order(), order, start, limit, 0, backwards=backwards)
    return found[::-1] if backwards else found


def _fetch_tiers(source: Source, start: Cursor | None, limit: int, *, backwards: bool) -> Found:
    """Tier after tier, until there are enough; the cursor's own one from where it stands."""
    tiers = source.tiers()[::-1] if backwards else source.tiers()
    if start and start.tier in tiers:
        tiers = tiers[tiers.index(start.tier) :]
    found: Found = []
    for number in tiers:
        here = start if start and start.tier == number else None
        rows, wanted = source.in_order(number), limit - len(found)
        found += _read(rows, Order("name"), here, wanted, number, backwards=backwards)
        if len(found) >= limit:
            break
    return found


def _read(
    contacts: QuerySet[Contact],
    order: Order,
    start: Cursor | None,
    limit: int,
    tier: int,
    *,
    backwards: bool,
) -> Found:
    beyond = order.beyond(start.key, start.id, backwards=backwards) if start else Q()
    rows = contacts.filter(beyond).order_by(*order.columns(backwards=backwards))
    cells = rows.values_list(order.column, *columns())[:limit]
    return [((tier, key, row[0]), tuple(row)) for key, *row in cells]
