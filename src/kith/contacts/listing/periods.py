"""Periods as people write them in a query: today, 7d, last-month, 2026, -30d.., a day..another."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.core import clock
from kith.core.habits import day_text, habits

NAMED = {
    "today": gettext_lazy("Today"),
    "yesterday": gettext_lazy("Yesterday"),
    "7d": gettext_lazy("Last 7 days"),
    "30d": gettext_lazy("Last 30 days"),
    "this-week": gettext_lazy("This week"),
    "last-week": gettext_lazy("Last week"),
    "this-month": gettext_lazy("This month"),
    "last-month": gettext_lazy("Last month"),
    "this-year": gettext_lazy("This year"),
    "last-year": gettext_lazy("Last year"),
}
COMING = {
    "today": gettext_lazy("Today"),
    "tomorrow": gettext_lazy("Tomorrow"),
    "this-week": gettext_lazy("This week"),
    "next-week": gettext_lazy("Next week"),
    "this-month": gettext_lazy("This month"),
    "next-month": gettext_lazy("Next month"),
    "next-year": gettext_lazy("Next year"),
}
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_YEAR = re.compile(r"(\d{4})", re.ASCII)
_AGO = re.compile(r"([+-]\d{1,4})([dwmy])", re.ASCII)
_LAST = re.compile(r"(\d{1,4})([dwmy])", re.ASCII)

SHORTEST = 3
"""So many letters tell a month."""

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days in the user's zone, both included; None is open. `text` is how it was written.

    `recurs`: it was named as seen from today, so that of a birthday the year does not count.
    """

    text: str
    first: dt.date | None
    last: dt.date | None
    recurs: bool = False

    @property
    def start(self) -> dt.datetime | None:
        return _midnight(self.first) if self.first else None

    @property
    def end(self) -> dt.datetime | None:
        """The first moment that is no longer in the period."""
        return _midnight(self.last + dt.timedelta(days=1)) if self.last else None

    def __str__(self) -> str:
        return _called(self.text) or _whole(self.first, self.last) or _span(self.first, self.last)


def _called(text: str) -> str:
    """The words for how it was written; "" where it has none."""
    if text in NAMED or text in COMING:
        return str((NAMED | COMING)[text])
    if months := [number for each in text.split("..") if (number := _month_called(each))]:
        return " – ".join(str(MONTHS[number]) for number in months)
    match = _LAST.fullmatch(text)
    return _last_called(int(match[1]), match[2]) if match else ""


def _whole(first: dt.date | None, last: dt.date | None) -> str:
    """A whole month or year by its name; "" for what is neither."""
    if first and _month(first) == (first, last):
        return date_format(first, "YEAR_MONTH_FORMAT")
    return str(first.year) if first and _year(first) == (first, last) else ""


def _span(first: dt.date | None, last: dt.date | None) -> str:
    if first == last:
        return _shown(first)
    if last is None:
        return _("from %(day)s") % {"day": _shown(first)}
    if first is None:
        return _("until %(day)s") % {"day": _shown(last)}
    return f"{_shown(first)} – {_shown(last)}"


def _last_called(number: int, unit: str) -> str:
    said = {
        "d": ngettext("In the last day", "Last %(number)s days", number),
        "w": ngettext("In the last week", "Last %(number)s weeks", number),
        "m": ngettext("In the last month", "Last %(number)s months", number),
        "y": ngettext("In the last year", "Last %(number)s years", number),
    }
    return said[unit] % {"number": number}


def read_period(text: str) -> Period | None:
    """None for what is no period."""
    text = text.strip().lower()
    today = timezone.localdate(clock.now())
    begin, dots, end = text.partition("..")
    try:
        if not dots:
            days = _days(text, today)
            return days and Period(text, *days, recurs=not text[:4].isdigit())
        first, last = _days(begin, today), _days(end, today)
    except (ValueError, OverflowError):
        return None
    if (begin and not first) or (end and not last) or not (begin or end):
        return None
    since, until = first[0] if first else None, last[1] if last else None
    if since and until and since > until:
        # From November to February the year turns.
        turned = _month_called(begin) and _month_called(end)
        since, until = (_moved(since, -1, "y"), until) if turned else (until, since)
    return Period(text, since, until, recurs=bool(begin and end) and not text[:4].isdigit())


def compared(operator: str, text: str) -> Period | None:
    """What lies after (>), before (<), from (>=) or until (<=) a day or a period."""
    found = read_period(text)
    if found is None or found.first is None or found.last is None:
        return None
    day = dt.timedelta(days=1)
    edges = {
        ">": (found.last + day, None),
        ">=": (found.first, None),
        "<": (None, found.first - day),
        "<=": (None, found.last),
    }
    # From thirty days ago means that day as well: nobody counts the other way.
    if operator == ">" and _AGO.fullmatch(found.text):
        return Period(found.text, found.first, None)
    return Period(found.text, *edges[operator])


def _days(text: str, today: dt.date) -> Days | None:
    """Raises ValueError for a day that no calendar has, or that is out of all reason."""
    if text in _BY_NAME:
        return _BY_NAME[text](today)
    if number := _month_called(text):
        return _month(_day(today.year - (number > today.month), number, 1))
    for pattern, read in _WRITTEN:
        if match := pattern.fullmatch(text):
            return read(match, today)
    return None


def _month_called(text: str) -> int:
    """The month that begins so, in English or as the reader calls it; 0 for none. It is the latest
    one: of a birthday the year does not count."""
    for number, name in MONTHS.items():
        names = (calendar.month_name[number].lower(), str(name).lower())
        if len(text) >= SHORTEST and any(each.startswith(text) for each in names):
            return number
    return 0


def _ago(match: re.Match[str], today: dt.date) -> Days:
    day = _moved(today, int(match[1]), match[2])
    return day, day


def _last(match: re.Match[str], today: dt.date) -> Days:
    first = _moved(today, -int(match[1]), match[2])
    return min(first + dt.timedelta(days=1), today), today


def _moved(day: dt.date, number: int, unit: str) -> dt.date:
    if unit in "dw":
        return _sound(day + dt.timedelta(days=number * (7 if unit == "w" else 1)))
    months = day.year * 12 + day.month - 1 + number * (12 if unit == "y" else 1)
    year, month = divmod(months, 12)
    last = calendar.monthrange(_sound(dt.date(year, 1, 1)).year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def _sound(day: dt.date) -> dt.date:
    if not 1800 <= day.year <= 2999:
        raise ValueError(day)
    return day


def _week(day: dt.date) -> Days:
    first = day - dt.timedelta(days=(day.weekday() - habits.get().first_weekday) % 7)
    return first, first + dt.timedelta(days=6)


def _month(day: dt.date) -> Days:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _year(day: dt.date) -> Days:
    return day.replace(month=1, day=1), day.replace(month=12, day=31)


def _by(days: int) -> Callable[[dt.date], Days]:
    return lambda today: (today + dt.timedelta(days=days),) * 2


_BY_NAME: dict[str, Callable[[dt.date], Days]] = {
    "today": _by(0),
    "yesterday": _by(-1),
    "tomorrow": _by(1),
    "this-week": _week,
    "last-week": lambda today: _week(today - dt.timedelta(days=7)),
    "next-week": lambda today: _week(today + dt.timedelta(days=7)),
    "this-month": _month,
    "last-month": lambda today: _month(_moved(today, -1, "m")),
    "next-month": lambda today: _month(_moved(today, 1, "m")),
    "this-year": _year,
    "last-year": lambda today: _year(_moved(today, -1, "y")),
    "next-year": lambda today: _year(_moved(today, 1, "y")),
}


_WRITTEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], Days]], ...] = (
    (_DAY, lambda match, _today: (_day(*map(int, match.groups())),) * 2),
    (_MONTH, lambda match, _today: _month(_day(int(match[1]), int(match[2]), 1))),
    (_YEAR, lambda match, _today: _year(_day(int(match[1]), 1, 1))),
    (_AGO, _ago),
    (_LAST, _last),
)


def _day(year: int, month: int, day: int) -> dt.date:
    return _sound(dt.date(year, month, day))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _shown(day: dt.date | None) -> str:
    return day_text(day, "DATE_FORMAT") if day else ""
