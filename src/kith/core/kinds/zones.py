"""Time zones, by their names in the IANA database."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.core import time_zones
from kith.core.kinds.kind import Context, Invalid, Kind, cell_text
from kith.core.text import plain


class TimeZone(Kind):
    """A zone by its name, its city, or an abbreviation in everyday use."""

    widget = "time_zone"
    max_length = 64

    def clean(self, raw: Any, context: Context) -> str | None:
        text = plain(cell_text(raw))
        if not text:
            return None
        found = time_zones.find_zone(text[:100])
        if found is None:
            message = _("This is no time zone. Write its city, for example Kolkata or New York.")
            raise Invalid("unknown-zone", message, text[:100])
        return found

    def show(self, value: Any, context: Context) -> str:
        return value.replace("_", " ") if value else ""

    def export(self, value: Any, context: Context) -> str | None:
        return value or None
