"""Countries and their states, found by any usual name; ISO 3166 through pycountry, names by CLDR.

Everything is loaded when first asked for, since the tables take over 100 ms.
"""

import re
import unicodedata
from functools import lru_cache
from types import ModuleType

from babel.languages import get_official_languages
from rapidfuzz import fuzz

from kith.core.gst_states import state_of_number
from kith.core.languages import locale_of
from kith.core.place_names import (
    COUNTRY_ALIASES,
    COUNTRY_ENDONYMS,
    LATER_STATES,
    STATE_ALIASES,
)
from kith.core.text import fold

_LINKS = re.compile(r"\b(?:the|of|and|und|et)\b|[^a-z0-9]+")
_BRACKETS = re.compile(r"\s*[\[(](.*?)[\])]")
_STATE_CODE = re.compile(r"([A-Z]{2})-([A-Z0-9]{1,3})")
_LEVELS = re.compile(r"\b(?:state|province|county|region|district|oblast|prefecture)\b")


@lru_cache(maxsize=4_096)
def find_country(text: str, language: str = "", home: str = "") -> str | None:
    """ISO2 by code or by name in English, the country's own language, `language` or `home`'s."""
    upper = text.strip().upper()
    if upper in _codes():
        return _codes()[upper]
    key = _key(text)
    return _english().get(key) or _local().get(key) or _in_languages(language, home).get(key)


@lru_cache(maxsize=1_024)
def country_name(iso: str, locale: str = "en") -> str:
    """The name in a language ('de', 'nb', 'en-gb'); the code itself when it is unknown."""
    name = _territories(locale).get(iso) or _territories("en").get(iso)
    return name or iso


@lru_cache(maxsize=32)
def countries(locale: str = "en") -> tuple[tuple[str, str], ...]:
    """(ISO2, name) of all, by name."""
    named = ((iso, country_name(iso, locale)) for iso in sorted(set(_codes().values())))
    return tuple(sorted(named, key=lambda pair: fold(pair[1])))


def near_countries(text: str) -> list[str]:
    """The English name spelt nearly so, as a list of one, or nothing."""
    best = max(countries(), key=lambda pair: _likeness(fold(text), fold(pair[1])))[1]
    return [best] if _likeness(fold(text), fold(best))[0] >= 70 else []


def _likeness(one: str, other: str) -> tuple[float, float]:
    """Of the whole names, or of their first words ('Indya Land' means India), in percent."""
    whole = fuzz.ratio(one, other)
    return max(whole, 0.9 * fuzz.ratio(one.partition(" ")[0], other.partition(" ")[0])), whole


@lru_cache(maxsize=4_096)
def find_state(country: str, text: str) -> str | None:
    """The ISO 3166-2 code of a state of a country, by code or any usual name."""
    text = (country == "IN" and state_of_number(text)) or text
    upper = text.strip().upper()
    if upper in _all_states():
        return upper
    former = _STATE_CODE.fullmatch(upper)
    if former:
        return _state_keys(former[1]).get(_key(former[2]))
    code = f"{country}-{upper}"
    names = _state_keys(country) if country else {}
    return code if code in _all_states() else names.get(_key(text)) or names.get(_loose(text))


@lru_cache(maxsize=4_096)
def state_name(code: str) -> str:
    """The name of an ISO 3166-2 code; anything else is returned as it is."""
    return _all_states().get(code, code)


@lru_cache(maxsize=256)
def states(country: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of a country's states, by name."""
    own = [pair for pair in _all_states().items() if pair[0].startswith(f"{country}-")]
    return tuple(sorted(own, key=lambda pair: fold(pair[1])))


def has_states(country: str) -> bool:
    return bool(country) and bool(states(country))


def _key(text: str) -> str:
    return _LINKS.sub("", fold(text))


def _loose(text: str) -> str:
    """The name without 'state', 'province' and the like."""
    return _LINKS.sub("", _LEVELS.sub("", fold(text)))


def _iso() -> ModuleType:
    """ISO 3166; imported at need, because no other start-up cost is as large."""
    import pycountry  # noqa: PLC0415

    return pycountry


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    found = {"XK": "XK", "XKX": "XK"}
    for country in _iso().countries:
        found[country.alpha_2] = found[country.alpha_3] = country.alpha_2
    return found


@lru_cache(maxsize=1)
def _english() -> dict[str, str]:
    found: dict[str, str] = {}
    for country in _iso().countries:
        for kind in ("name", "official_name", "common_name"):
            found.setdefault(_key(getattr(country, kind, "")), country.alpha_2)
    for iso, name in countries():
        found.setdefault(_key(name), iso)
    found.update({_key(alias): iso for iso, names in COUNTRY_ALIASES.items() for alias in names})
    found.pop("", None)
    return found


@lru_cache(maxsize=1)
def _local() -> dict[str, str]:
    found = {_key(name): iso for iso, names in COUNTRY_ENDONYMS.items() for name in names}
    found.pop("", None)
    return found


@lru_cache(maxsize=64)
def _in_languages(language: str, home: str) -> dict[str, str]:
    """All countries' names in the reader's language and in those of the home country."""
    spoken = get_official_languages(home.upper(), regional=False, de_facto=True) if home else ()
    found: dict[str, str] = {}
    for locale in (language, *spoken):
        for iso, name in _territories(locale).items() if locale else ():
            if iso in _codes():
                found.setdefault(_key(name), iso)
    found.pop("", None)
    return found


@lru_cache(maxsize=64)
def _territories(locale: str) -> dict[str, str]:
    return dict(locale_of(locale).territories)


@lru_cache(maxsize=1)
def _all_states() -> dict[str, str]:
    found = {state.code: _state_title(state.code, state.name) for state in _iso().subdivisions}
    return found | LATER_STATES


def _state_title(code: str, name: str) -> str:
    """ISO writes Indian names in scholars' romanisation and adds other languages in brackets."""
    name = _BRACKETS.sub("", name)
    return _without_marks(name) if code.startswith("IN-") else name


def _without_marks(name: str) -> str:
    parts = unicodedata.normalize("NFD", name)
    return "".join(c for c in parts if not unicodedata.combining(c))


@lru_cache(maxsize=64)
def _state_keys(country: str) -> dict[str, str]:
    found: dict[str, str] = {}
    own = _iso().subdivisions.get(country_code=country) or []
    for state in sorted(own, key=lambda s: (bool(getattr(s, "parent_code", None)), s.code)):
        names = [_BRACKETS.sub("", state.name), *_BRACKETS.findall(state.name)]
        for name in (*names, *re.split(r"\s*[/;]\s*", names[0])):
            found.setdefault(_key(name), state.code)
    for state in own:
        found.setdefault(_loose(state.name), state.code)
    for code, name in LATER_STATES.items():
        if code.startswith(f"{country}-"):
            found[_key(name)] = code
    found.update({_key(name): code for name, code in STATE_ALIASES.get(country, {}).items()})
    found.pop("", None)
    return found
