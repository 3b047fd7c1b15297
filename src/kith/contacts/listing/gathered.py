"""What a search finds, where that is not much: looked up once, then counted and paged here.

A database asked for the first page of each tier would look the words up once for each, and once
more to count; and it has to guess what is rare. So many rows are sooner fetched than guessed at.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from kith.contacts.listing.sorting import Cursor, Order
from kith.contacts.models import Contact

Place = tuple[int, Any, int]
"""The tier, sort key and id of a row."""
Tests = Sequence[tuple[int, Q]]
"""Tiers, and what puts a row into them: the first that holds."""


def ranked(rows: QuerySet[Contact], tests: Tests, other: int) -> Sequence[Place]:
    """All of them by name, tier after tier; `other` is that of what no test holds of."""
    whens = [When(test, then=Value(tier)) for tier, test in tests]
    tier = Case(*whens, default=Value(other), output_field=IntegerField())
    order = Order("name")
    rows = rows.annotate(tier=tier).order_by("tier", *order.columns(backwards=False))
    return list(rows.values_list("tier", order.column, "pk"))


def sorted_by(rows: QuerySet[Contact], order: Order, user: Any) -> Sequence[Place]:
    found: list[Place] = []
    for part in order.parts(rows, user):
        keyed = part.contacts.order_by(*part.order.columns(backwards=False))
        cells = keyed.values_list(*part.order.cells, "pk")
        found += [(part.tier, key[0] if len(key) == 1 else key, pk) for *key, pk in cells]
    return found


def portion(
    places: Sequence[Place], start: Cursor | None, limit: int, *, backwards: bool
) -> Sequence[Place]:
    """The next ones behind or before a cursor, the nearest first. Where the row that it names is
    gone, its number tells the place."""
    if start is None:
        return places[::-1][:limit] if backwards else places[:limit]
    at = next((n for n, place in enumerate(places) if place[2] == start.id), start.position - 1)
    if backwards:
        return places[max(at - limit, 0) : max(at, 0)][::-1]
    return places[at + 1 : at + 1 + limit]
