"""Rows of a list as they are found: walked to along an index, or gathered and sorted."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import OrderBy, Q, QuerySet

from kith.contacts.listing.filters import plainly
from kith.contacts.listing.gathered import Place
from kith.contacts.listing.rows import columns
from kith.contacts.listing.sorting import Cursor, Order, Part
from kith.contacts.models import LISTED, Contact
from kith.core.among import among, ids_slot
from kith.core.prepared import Prepared

STEPS = 10_000
"""So many contacts are walked past before all that answer are gathered."""
SORTED = 60_000
"""So many of a period are sorted, where those that come early in the order are not enough."""

Found = list[tuple[Place, tuple[Any, ...]]]


def rows_at(places: Sequence[Place]) -> Found:
    """What has gone in the moment since is left out."""
    rows = _prepared(columns()).rows(ids=[pk for _tier, _key, pk in places])
    cells = {row[0]: tuple(row) for row in rows}
    return [(place, cells[place[2]]) for place in places if place[2] in cells]


@cache
def _prepared(names: tuple[str, ...]) -> Prepared:
    return Prepared(
        lambda: Contact.objects.filter(among("pk", ids_slot("ids"))).values_list(*names)
    )


def read_found(
    part: Part,
    start: Cursor | None,
    limit: int,
    *,
    backwards: bool,
    sorting: bool = False,
    few: bool = False,
) -> Found:
    """`sorting`: what is gathered is to be sorted where it is not too much, not walked to along the
    index once more; `few`: it never is."""
    cells = _walked(part, start, limit, backwards=backwards)
    if len(cells) < limit:
        rows = _all_in_order(part, start, backwards=backwards, sorting=sorting, few=few)
        cells = keys_of(rows, part.order, limit)
    return rows_at([(part.tier, key, pk) for key, pk in cells])


def _all_in_order(
    part: Part, start: Cursor | None, *, backwards: bool, sorting: bool, few: bool
) -> QuerySet[Contact]:
    rows = in_order(part.contacts, part.order, start, backwards=backwards)
    if not sorting or connection.vendor != "sqlite":
        return rows
    if not few and part.walked is not None and part.contacts[:SORTED].count() == SORTED:
        return in_order(part.walked, part.order, start, backwards=backwards)
    return rows.order_by(*_sorted(part.order, backwards=backwards))


def _walked(
    part: Part, start: Cursor | None, limit: int, *, backwards: bool
) -> list[tuple[Any, int]]:
    """Those among the next few thousand contacts in the order: where what is looked for is strewn
    about there are enough, and where it isn't, little time is lost."""
    if part.walked is None:
        return []
    column = part.order.column
    every = in_order(Contact.objects.filter(LISTED), part.order, start, backwards=backwards)
    end = every.values_list(column, flat=True)[STEPS : STEPS + 1]
    rows = in_order(part.walked, part.order, start, backwards=backwards)
    for key in end:
        down = part.order.name.startswith("-") != backwards
        rows = rows.filter(**{f"{column}__{'gte' if down else 'lte'}": key})
    return keys_of(rows, part.order, limit)


def keys_of(rows: QuerySet[Contact], order: Order, limit: int) -> list[tuple[Any, int]]:
    """The key and the id of the first ones, as a cursor holds them."""
    cells = rows.values_list(*order.cells, "pk")[:limit]
    return [(key[0] if len(key) == 1 else key, pk) for *key, pk in cells]


def _sorted(order: Order, *, backwards: bool) -> list[OrderBy]:
    """The order, not by the index that was just walked along."""
    columns = order.columns(backwards=backwards)
    return [OrderBy(plainly(each.removeprefix("-")), descending=each[0] == "-") for each in columns]


def in_order(
    contacts: QuerySet[Contact], order: Order, start: Cursor | None, *, backwards: bool
) -> QuerySet[Contact]:
    beyond = order.beyond(start.key, start.id, backwards=backwards) if start else Q()
    return contacts.filter(beyond).order_by(*order.columns(backwards=backwards))
