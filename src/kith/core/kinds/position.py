"""A position on the map: `23.0225,72.5714` (degrees north, degrees east) in wire form."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.core.kinds.kind import Context, Invalid, Kind, cell_text
from kith.core.text import plain

_NUMBER = r"([+-]?\d{1,3}(?:\.\d+)?)"
_PLAIN = re.compile(rf"(?:geo:)?{_NUMBER}\s*[,; ]\s*{_NUMBER}(?:[,;?].*)?", re.IGNORECASE)
_MAP_LINK = re.compile(
    rf"(?:@|[?&](?:q|ll|query|center)=|#map=\d+/|!3d|[?&]mlat=){_NUMBER}"
    rf"(?:,|/|%2C|!4d|&mlon=){_NUMBER}",
    re.IGNORECASE,
)
_DEGREES = re.compile(
    r"(\d{1,3}(?:\.\d+)?)\s*°?\s*(?:(\d{1,2}(?:\.\d+)?)\s*['′’]\s*)?"
    r"(?:(\d{1,2}(?:\.\d+)?)\s*(?:\"|″|”|''))?\s*([NSEW])",
    re.IGNORECASE,
)
_UNREADABLE = _("Write latitude and longitude (23.0225, 72.5714), or paste the link of a map.")


class Position(Kind):
    """Degrees, degrees with minutes, or what a map's link says."""

    widget = "position"
    max_length = 2_000

    def clean(self, raw: Any, context: Context) -> str | None:
        text = plain(cell_text(raw))
        if not text:
            return None
        found = _read(text) if len(text) <= self.max_length else None
        if found is None:
            raise Invalid("position-unreadable", _UNREADABLE, text[:100])
        north, east = found
        if abs(north) > 90 or abs(east) > 180:
            raise Invalid("position-nowhere", _("There is no such place on Earth."), text[:100])
        return f"{_short(north)},{_short(east)}"

    def show(self, value: Any, context: Context) -> str:
        return value.replace(",", ", ") if value else ""


def _read(text: str) -> tuple[float, float] | None:
    match = _PLAIN.fullmatch(text) or (_MAP_LINK.search(text) if "/" in text else None)
    if match:
        return float(match[1]), float(match[2])
    parts = {each[3].upper(): _degrees(each) for each in _DEGREES.findall(text)}
    north = parts.get("N", -parts["S"] if "S" in parts else None)
    east = parts.get("E", -parts["W"] if "W" in parts else None)
    return None if north is None or east is None else (north, east)


def _degrees(parts: tuple[str, str, str, str]) -> float:
    degrees, minutes, seconds, _side = parts
    return float(degrees) + float(minutes or 0) / 60 + float(seconds or 0) / 3600


def _short(degrees: float) -> str:
    """To the nearest decimetre, without empty decimals."""
    text = f"{degrees:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
