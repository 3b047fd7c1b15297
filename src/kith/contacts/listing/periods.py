"""Periods as the URL of a list names them: today, 7d, this-month, 2026-01-01..2026-03-31."""

import datetime as dt
import re
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.core import clock
from kith.core.habits import day_text

NAMED = {
    "today": gettext_lazy("Today"),
    "yesterday": gettext_lazy("Yesterday"),
    "7d": gettext_lazy("Last 7 days"),
    "30d": gettext_lazy("Last 30 days"),
    "this-month": gettext_lazy("This month"),
    "last-month": gettext_lazy("Last month"),
}
_DAY = r"\d{4}-\d{2}-\d{2}"
_RANGE = re.compile(rf"({_DAY})?\.\.({_DAY})?|({_DAY})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in the user's zone, both included; None is open. `text` is how the URL says it."""

    text: str
    first: dt.date | None
    last: dt.date | None

    @property
    def start(self) -> dt.datetime | None:
        return _midnight(self.first) if self.first else None

    @property
    def end(self) -> dt.datetime | None:
        """The first moment that is no longer in the period."""
        return _midnight(self.last + dt.timedelta(days=1)) if self.last else None

    def __str__(self) -> str:
        if self.text in NAMED:
            return str(NAMED[self.text])
        if self.first == self.last:
            return _shown(self.first)
        if self.last is None:
            return _("from %(day)s") % {"day": _shown(self.first)}
        if self.first is None:
            return _("until %(day)s") % {"day": _shown(self.last)}
        return f"{_shown(self.first)} – {_shown(self.last)}"


def read_period(text: str) -> Period | None:
    """None for what is no period."""
    text = text.strip()
    today = timezone.localdate(clock.now())
    if text in NAMED:
        return Period(text, *_named(text, today))
    match = _RANGE.fullmatch(text)
    if not match or text == "..":
        return None
    try:
        days = [_day(part) for part in match.groups()]
    except ValueError:
        return None
    first, last = (days[2], days[2]) if days[2] else (days[0], days[1])
    if first and last and first > last:
        first, last = last, first
    return Period(text, first, last)


def _named(name: str, today: dt.date) -> tuple[dt.date, dt.date]:
    first_of_month = today.replace(day=1)
    if name == "yesterday":
        yesterday = today - dt.timedelta(days=1)
        return yesterday, yesterday
    if name == "this-month":
        return first_of_month, today
    if name == "last-month":
        last = first_of_month - dt.timedelta(days=1)
        return last.replace(day=1), last
    back = {"today": 0, "7d": 6, "30d": 29}[name]
    return today - dt.timedelta(days=back), today


def _day(text: str | None) -> dt.date | None:
    """Raises ValueError for a day that no calendar has, or that is out of all reason."""
    day = dt.date.fromisoformat(text) if text else None
    if day and not 1900 <= day.year <= 2999:
        raise ValueError(text)
    return day


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _shown(day: dt.date | None) -> str:
    return day_text(day, "DATE_FORMAT") if day else ""
