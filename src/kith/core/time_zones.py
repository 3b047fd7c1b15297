"""Time zones by name (IANA), by a usual name of theirs, and by the country that has only one."""

import datetime as dt
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from babel.core import get_global

from kith.core import clock
from kith.core.text import fold

# What people write where a zone is asked for, beside the names that the database of zones has.
EVERYDAY = {
    "ist": "Asia/Kolkata",
    "indian standard time": "Asia/Kolkata",
    "gmt": "UTC",
    "z": "UTC",
    "bst": "Europe/London",
    "cet": "Europe/Paris",
    "cest": "Europe/Paris",
    "est": "America/New_York",
    "edt": "America/New_York",
    "cst": "America/Chicago",
    "mst": "America/Denver",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "sgt": "Asia/Singapore",
    "jst": "Asia/Tokyo",
}


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Every name that the system knows, former ones too. Reads the disk."""
    return frozenset(available_timezones())


@lru_cache(maxsize=1)
def time_zones() -> tuple[str, ...]:
    """The names on offer, in order: places, without former names and offsets."""
    former = get_global("zone_aliases").keys()
    places = (
        name
        for name in known_zones()
        if name not in former and "/" in name and not name.startswith(("Etc/", "SystemV/"))
    )
    return ("UTC", *sorted(places))


@lru_cache(maxsize=1_024)
def find_zone(text: str) -> str | None:
    """The present name of a zone, by any name of it, its city or an everyday abbreviation."""
    key = _key(text)
    return EVERYDAY.get(key) or _names().get(key)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    aliases = get_global("zone_aliases")
    found: dict[str, str] = {}
    for name in time_zones():
        found.setdefault(_key(name.rpartition("/")[2]), name)
    for name in sorted(known_zones()):
        found[_key(name)] = aliases.get(name, name)
    return found | {"utc": "UTC", "etc/utc": "UTC"}


def _key(text: str) -> str:
    return fold(text).replace("_", " ").strip()


@lru_cache(maxsize=512)
def zone_of_country(iso: str) -> str:
    """The zone of a country that has one only; "" where that is not certain."""
    zones = get_global("territory_zones").get(iso, [])
    return zones[0] if len(zones) == 1 else ""


def local_time(zone: str) -> dt.datetime | None:
    """What the clocks say there now; None for a zone that nobody knows."""
    try:
        return clock.now().astimezone(ZoneInfo(zone)) if zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
