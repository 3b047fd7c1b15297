"""A day with its time, in UTC ('2026-04-03T08:52:00+00:00'): when a row was changed elsewhere."""

import datetime as dt
import re
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.core.kinds.dates import Date
from kith.core.kinds.kind import Context, Invalid, Kind, cell_text
from kith.core.text import plain

_TIME = re.compile(
    r"(?:[T,]\s*|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(?:([ap])\.?m\.?)?\s*"
    r"(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.ASCII | re.IGNORECASE,
)
_NO_TIME = _("This is not a time of day. Write it like 1980-09-25 14:30.")


class Instant(Kind):
    """Without a zone, a time is the firm's; a day without a time is its beginning."""

    widget = "none"

    def clean(self, raw: Any, context: Context) -> str | None:
        text = plain(cell_text(raw))
        if not text:
            return None
        time = next((found for found in _TIME.finditer(text) if found.end() == len(text)), None)
        day = Date().clean(text[: time.start()] if time else raw, context)
        if day is None:
            raise Invalid("date-unreadable", _NO_TIME, text[:100])
        clock, zone = _read(time) if time else (dt.time(), None)
        moment = dt.datetime.combine(dt.date.fromisoformat(day), clock)
        return (
            moment.replace(tzinfo=zone or timezone.get_current_timezone())
            .astimezone(dt.UTC)
            .isoformat()
        )


def _read(time: re.Match[str]) -> tuple[dt.time, dt.tzinfo | None]:
    hour, half, zone = int(time[1]), (time[4] or "").lower(), (time[5] or "").upper()
    if half and not 1 <= hour <= 12:
        raise Invalid("time-unreadable", _NO_TIME, time[0].strip())
    hour = hour % 12 + 12 * (half == "p") if half else hour
    try:
        return dt.time(hour, int(time[2]), int(time[3] or 0)), _zone(zone) if zone else None
    except ValueError:
        raise Invalid("time-unreadable", _NO_TIME, time[0].strip()) from None


def _zone(text: str) -> dt.tzinfo:
    if text[0] not in "+-":
        return dt.UTC
    ahead = dt.timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return dt.timezone(-ahead if text[0] == "-" else ahead)
