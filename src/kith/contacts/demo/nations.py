"""Where demo contacts live: names, streets, cities and phone numbers of one country each."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from random import Random
from typing import Any, NamedTuple

from kith.core.kinds.phone_rules import Rules, region_rules


class Word(NamedTuple):
    """A word in its own script and in Latin letters."""

    native: str
    latin: str


class City(NamedTuple):
    name: str
    state: str
    postal: str
    landline: str


@dataclass(frozen=True, slots=True)
class Nation:
    """The words of one country in one script."""

    iso: str
    weight: int
    family_first: bool
    male: tuple[Word, ...]
    female: tuple[Word, ...]
    family: tuple[Word, ...]
    streets: tuple[str, ...]
    areas: tuple[str, ...]
    address: str
    mobile: tuple[str, ...]
    companies: tuple[Word, ...]
    suffixes: tuple[Word, ...]
    titles: tuple[str, ...]
    cities: tuple[City, ...]
    glue: str
    rules: Rules

    def phone(self, random: Random, pattern: str) -> str:
        """An international number of the pattern that its country's rules call valid."""
        while True:
            digits = filled(random, pattern)
            if self.rules.valid.fullmatch(digits):
                return f"+{self.rules.code}{digits}"


@lru_cache(maxsize=1)
def nations() -> tuple[Nation, ...]:
    return tuple(_nation(name, words) for name, words in _data("nations").items())


@lru_cache(maxsize=1)
def business() -> dict[str, list[str]]:
    return _data("business")


def filled(random: Random, pattern: str) -> str:
    """The pattern with a digit for each "#"."""
    wanted = pattern.count("#")
    if not wanted:
        return pattern
    digits = iter(f"{random.randrange(10**wanted):0{wanted}}")
    return "".join(next(digits) if c == "#" else c for c in pattern)


def _data(name: str) -> dict[str, Any]:
    text = files(__package__).joinpath("data", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _nation(name: str, given: dict[str, Any]) -> Nation:
    rules = region_rules(name[:2])
    assert rules is not None
    return Nation(
        iso=name[:2],
        weight=given["weight"],
        family_first=given.get("order") == "family-first",
        male=_words(given["male"].split()),
        female=_words(given["female"].split()),
        family=_words(given["family"].split()),
        streets=tuple(given["streets"]),
        areas=tuple(given["areas"]),
        address=given["address"],
        mobile=tuple(given["mobile"]),
        companies=_words(given["companies"]),
        suffixes=_words(given["suffixes"]),
        titles=tuple(given["titles"]),
        cities=tuple(City(*city) for city in given["cities"]),
        glue=given.get("glue", " "),
        rules=rules,
    )


def _words(texts: list[str]) -> tuple[Word, ...]:
    parted = (text.partition("|") for text in texts)
    return tuple(Word(native, latin or native) for native, _bar, latin in parted)
