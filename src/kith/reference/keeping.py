"""Keeps the master list of cities: addresses take their spelling from it, and make it grow."""

from collections.abc import Sequence

from kith.core.holding import hold
from kith.core.record_types import Values, registry
from kith.records.checking import Checked
from kith.records.door import Changes
from kith.reference.cities import Cities
from kith.reference.models import folded_name


def keep_cities(changes: Changes, states: Sequence[Values]) -> None:
    """Give each city of these addresses the list's spelling, in place; put in what it lacks.

    A question or two for the set, whatever its size.
    """
    named = [state for state in states if state.get("city")]
    if not named:
        return
    lacking = _spell(changes, named)
    if lacking:
        hold("cities")
        # Two imports may bring the same new city: who comes second finds it.
        _add(changes, _spell(changes, lacking))


def _spell(changes: Changes, states: Sequence[Values]) -> list[Values]:
    """The addresses whose city the list does not have."""
    keys = [folded_name(state["city"]) for state in states]
    cities, home = Cities(keys), changes.context.default_country
    lacking = []
    for state, key in zip(states, keys, strict=True):
        country = state.get("country") or ""
        known = cities.find(key, country, state.get("state") or "", home)
        if known:
            state["city"] = _spelt(state["city"], known.name)
        elif country or not cities.has(key):
            lacking.append(state)
    return lacking


def _spelt(typed: str, listed: str) -> str:
    """The list's spelling, unless it lacks the letters that were typed: Da Nang, Đà Nẵng."""
    return typed if listed.isascii() and not typed.isascii() else listed


def _add(changes: Changes, states: Sequence[Values]) -> None:
    fresh: dict[tuple[str, str], Values] = {}
    for state in states:
        country = state.get("country") or ""
        values = {
            "name": state["city"],
            "country": country or None,
            "state": (state.get("state") if country else None) or None,
        }
        key = folded_name(state["city"]), country
        if key[0]:
            fresh.setdefault(key, values)
        state["city"] = fresh[key]["name"] if key in fresh else state["city"]
    if fresh:
        drafts = [Checked(values) for values in fresh.values()]
        changes.save_many(registry.get("city"), drafts)
