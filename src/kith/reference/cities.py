"""Reads the master list of cities: by exact spelling for a set, by what is being typed for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db.models import F, Q
from django.db.models.functions import Length
from rapidfuzz import fuzz, process

from kith.core.text import fold
from kith.records.bulk import rows_with
from kith.reference.models import City, CityName, folded_name

MOST = 10
CANDIDATES = 3_000
"""Names that are compared with what was typed: those with its first letter, the large first."""
ENOUGH = 5
"""With so many that begin as typed, no near spellings are looked for."""
ALIKE = 76
"""Percent of likeness from which a spelling is offered."""
BEGIN = "\U0010ffff"
COLUMNS = ("folded", "name", "country", "state", "people", "time_zone")


class Known(NamedTuple):
    """One city of the list. `by`: the other name that it was found by."""

    folded: str
    name: str
    country: str
    state: str
    people: int
    time_zone: str
    by: str = ""


class Cities:
    """The cities that go by some names, read in one query, and one more for names merged away."""

    def __init__(self, folded: Iterable[str]) -> None:
        self._found: dict[str, list[Known]] = defaultdict(list)
        wanted = [each for each in dict.fromkeys(folded) if each]
        for row in rows_with(City, "folded", wanted, COLUMNS):
            self._found[row[0]].append(Known(*row))
        lacking = [each for each in wanted if each not in self._found]
        if lacking:
            names = CityName.objects.filter(folded__in=lacking, merged=True)
            paths = [f"city__{column}" for column in COLUMNS]
            for key, *row in names.values_list("folded", *paths):
                self._found[key].append(Known(*row))

    def has(self, folded: str) -> bool:
        return folded in self._found

    def find(self, folded: str, country: str, state: str = "", home: str = "") -> Known | None:
        """The one that is meant; None where there is none in the country, or several are spelt
        differently and nothing tells which."""
        found = self._found.get(folded, [])
        if country:
            found = [each for each in found if each.country in (country, "")]
        if not found:
            return None
        near = [each for each in found if state and each.state == state]
        near = near or [each for each in found if home and each.country == home]
        if near:
            found = near
        elif len({each.name for each in found}) > 1 and not country:
            return None
        return max(found, key=lambda each: each.people)


def offered_cities(text: str, country: str = "", home: str = "") -> list[Known]:
    """What may be meant: what begins so, then near spellings; of each those of the country
    (or the firm's, `home`) first.

    The cost does not depend on how many cities there are: both kinds of candidates are limited.
    """
    key = fold(text)
    if not key:
        return []
    found: dict[tuple[str, str, str], Known] = {}
    for each in sorted(_beginning(key, country), key=lambda each: each.country != home):
        found.setdefault((each.name, each.country, each.state), each)
    if len(found) < ENOUGH and len(key) >= 4:
        for each in _alike(key, country or home):
            found.setdefault((each.name, each.country, each.state), each)
    order = sorted(found.values(), key=lambda each: not _is_called(each, key, home))
    return order[:MOST]


def _is_called(city: Known, key: str, home: str) -> bool:
    """Its name, or at home another name of it: abroad these are codes of airports as well."""
    return city.folded == key or (city.country == home and fold(city.by) == key)


def _beginning(key: str, country: str) -> Sequence[Known]:
    within = {"country": country} if country else {}
    cities = City.objects.filter(folded__gte=key, folded__lt=key + BEGIN, **within)
    found = [Known(*row) for row in cities.order_by("-people")[:MOST].values_list(*COLUMNS)]
    names = _names(country).filter(folded__gte=key, folded__lt=key + BEGIN)
    paths = [f"city__{column}" for column in COLUMNS]
    found += [
        Known(*row) for row in names.order_by("-city__people")[:MOST].values_list(*paths, "name")
    ]
    # Of several names of one city, its own one counts, or else the shortest.
    return sorted(found, key=lambda each: (-each.people, len(each.by)))


def _names(country: str) -> Any:
    return CityName.objects.filter(city__country=country) if country else CityName.objects.all()


def _alike(key: str, country: str) -> Sequence[Known]:
    """Near spellings among the names that begin with the same letter and are about as long."""
    near = {"folded__gte": key[0], "folded__lt": key[0] + BEGIN}
    long = {"long__gte": len(key) - 2, "long__lte": len(key) + 2}
    cities = City.objects.annotate(long=Length("folded")).filter(**near, **long)
    names = CityName.objects.annotate(long=Length("folded")).filter(**near, **long)
    paths = [f"city__{column}" for column in COLUMNS]
    rows = [Known(*row) for row in _large_first(cities, "people").values_list(*COLUMNS)]
    rows += [Known(*row) for row in _large_first(names, "city__people").values_list(*paths, "name")]
    texts = [fold(each.by) if each.by else each.folded for each in rows]
    scored = process.extract(key, texts, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=4 * MOST)
    best = sorted(
        scored,
        key=lambda hit: (rows[hit[2]].country != country, -round(hit[1] / 4), -rows[hit[2]].people),
    )
    return [rows[index] for _text, _score, index in best]


def _large_first(rows: Any, people: str) -> Any:
    return rows.order_by(F(people).desc())[:CANDIDATES]


def state_of_city(name: str, country: str) -> str:
    """The code of the only state of this country that has a city called so; else ""."""
    folded = folded_name(name)
    known = CityName.objects.filter(folded=folded).values("city")
    rows = City.objects.filter(Q(folded=folded) | Q(pk__in=known), country=country)
    states = rows.exclude(state="").values_list("state", flat=True).distinct()[:2]
    return states[0] if len(states) == 1 else ""
