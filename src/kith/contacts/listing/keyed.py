"""The first contacts in an order that has no index of contacts, from the table that holds the key.

To work the key out for every contact takes seconds at a million of them. The rows that hold it are
read in their order instead, a portion at a time, and of each portion those contacts are kept that
are listed and go by this very key: not by another site or a better phone.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q, QuerySet

from kith.contacts.keys import PHONE_KINDS
from kith.contacts.listing.rows import columns
from kith.contacts.listing.sort_keys import KEY, text_key
from kith.contacts.listing.sorting import FILLED, Cursor, Part
from kith.contacts.models import Channel, Site
from kith.core.among import among

PORTION = 200
PORTIONS = 5
"""Where so many bring too few, because little of the list is shown, every contact is asked."""
Keyed = list[tuple[Any, tuple[Any, ...]]]
_FIRST = Channel.objects.filter(position=0)
HOLDERS: Mapping[str, "QuerySet[Any, Any]"] = {
    # A city is folded already, and so short that its index gives the order.
    "city": Site.objects.filter(is_main=True).annotate(**{KEY: F("city_folded")}),
    "email": _FIRST.filter(kind="email").annotate(**{KEY: text_key(F("value"))}),
    "phone": _FIRST.filter(kind__in=PHONE_KINDS[:3]).annotate(**{KEY: F("value")}),
}


def read_keyed(part: Part, start: Cursor | None, limit: int, *, backwards: bool) -> Keyed | None:
    """(key, cells) of as many as wanted; None where they have to be looked for otherwise."""
    holders = HOLDERS.get(part.order.name.removeprefix("-"))
    if holders is None or part.tier != FILLED:
        return None
    down, found = part.order.name.startswith("-") != backwards, []
    last = (start.key, start.id) if start else None
    for _portion in range(PORTIONS):
        places = _behind(holders, last, down=down)
        found += _listed(part, places)
        if len(found) >= limit or len(places) < PORTION:
            return found[:limit]
        last = places[-1]
    return None


def _behind(
    holders: "QuerySet[Any, Any]", last: tuple[Any, int] | None, *, down: bool
) -> list[tuple[Any, int]]:
    """The next keys with their contacts; what is empty comes elsewhere."""
    rows = holders.exclude(**{KEY: ""})
    if last:
        (key, pk), (side, past) = last, ("lte", "gte") if down else ("gte", "lte")
        rows = rows.filter(
            Q(**{f"{KEY}__{side}": key}) & ~Q(**{KEY: key, f"contact_id__{past}": pk})
        )
    sign = "-" if down else ""
    rows = rows.filter(**{f"{KEY}__isnull": False}).order_by(f"{sign}{KEY}", f"{sign}contact_id")
    return list(rows.values_list(KEY, "contact_id")[:PORTION])


def _listed(part: Part, places: list[tuple[Any, int]]) -> Keyed:
    rows = part.contacts.filter(among("pk", [pk for _key, pk in places]))
    cells = {(key, row[0]): tuple(row) for key, *row in rows.values_list(KEY, *columns())}
    return [(key, cells[key, pk]) for key, pk in dict.fromkeys(places) if (key, pk) in cells]
