"""A page of the list of cities, with how many addresses name each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kith.contacts.models import Site
from kith.core.text import fold
from kith.reference.models import City

PAGE = 50
USED, ADDED, ALL = "used", "added", "all"


@dataclass(frozen=True)
class CityRow:
    id: int
    name: str
    country: str
    state: str
    people: int
    used: int


def city_page(
    *, view: str, text: str = "", after: str = "", before: str = ""
) -> tuple[list[CityRow], str, str]:
    """(rows, key of the next page, key of the one before), by name. `view`: USED ones, those
    ADDED by somebody, or ALL."""
    cities = _within(view, fold(text)[:100])
    back = bool(before) and not after
    key, pk = _read_key(before if back else after)
    if key:
        ends = {"folded__lte" if back else "folded__gte": key}
        same = {"pk__gte" if back else "pk__lte": pk}
        cities = cities.filter(**ends).exclude(folded=key, **same)
    order = ("-folded", "-pk") if back else ("folded", "pk")
    found = list(cities.order_by(*order)[: PAGE + 1])
    more, found = len(found) > PAGE, found[:PAGE]
    if back:
        found.reverse()
    first = _key(found[0]) if found and (key if not back else more) else ""
    last = _key(found[-1]) if found and (more if not back else key) else ""
    return _counted(found), last, first


def _within(view: str, key: str) -> QuerySet[City]:
    cities = City.objects.all()
    if key:
        cities = cities.filter(folded__contains=key)
    if view == ADDED:
        return cities.filter(people=0)
    if view == USED:
        sites = Site.objects.filter(city_folded=OuterRef("folded"))
        near = sites.filter(country__in=["", OuterRef("country")])
        here = near.filter(state__in=["", OuterRef("state")])
        anywhere = Q(country="") & Exists(sites)
        return cities.filter(Exists(here) | Q(state="") & Exists(near) | anywhere)
    return cities


def _key(city: City) -> str:
    return f"{city.pk}-{city.folded}"


def _read_key(text: str) -> tuple[str, int]:
    number, _dash, key = text.partition("-")
    return (key, int(number)) if number.isdecimal() and len(number) < 19 else ("", 0)


def _counted(cities: Sequence[City]) -> list[CityRow]:
    """One question for all: addresses by city, country and state, shared out to the rows."""
    folded = {each.folded for each in cities}
    rows = Site.objects.filter(city_folded__in=folded).order_by()
    groups = list(rows.values_list("city_folded", "country", "state").annotate(Count("pk")))
    return [
        CityRow(each.pk, each.name, each.country, each.state, each.people, _used(each, groups))
        for each in cities
    ]


def _used(city: City, groups: Sequence[Any]) -> int:
    return sum(
        many
        for folded, country, state, many in groups
        if folded == city.folded
        and (not city.country or country in ("", city.country))
        and (not city.state or state in ("", city.state))
    )
