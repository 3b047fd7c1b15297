"""Dates, kept as ISO 8601 text ('1980-09-25')."""

import datetime as dt
import math
import re
from functools import lru_cache
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from kith.core import clock
from kith.core.habits import day_text, habits
from kith.core.kinds.kind import Context, Invalid, Kind, cell_text, unreadable
from kith.core.languages import locale_of, reader_language
from kith.core.text import digits, fold, plain

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_THREE = re.compile(r"(\d{1,4})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{1,4})\.?(?:[ T]+\d+:.*)?")
_WITH_MONTH = re.compile(
    r"(?:(\d{1,2})[a-z]{0,2}[.,\s/-]*)?([^\W\d_][^\d,]*?)[.,\s/-]*"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?[.,\s]+)?(\d{4}|(?<=\D)\d{2})",
    re.ASCII,
)
_WITH_ERA = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日?")
_NUMBER = re.compile(r"\d{1,8}(?:\.\d{1,12})?", re.ASCII)
_TAGS = ("date", "datetime", "d")
_SERIAL_ORIGIN = dt.date(1899, 12, 30)
_ENGLISH = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_PIVOT = 10  # two-digit years reach this far into the future
_LONGEST = 60  # the patterns look at a long text again from each of its places

_UNREADABLE = _("This is not a date. Write it like 1980-09-25.")
_READ_AS = _("Read as %(day)s; day and month could be the other way round.")
_YEAR_READ_AS = _("The year was read as %(year)s.")
_IMPOSSIBLE = _("There is no such day. Write the date like 1980-09-25.")
_YEAR = _("The year must lie between 1000 and 2200.")


class Date(Kind):
    """A day. `date_order` settles 05/06/1980, with a caution."""

    widget = "date"

    def clean(self, raw: Any, context: Context) -> str | None:
        if isinstance(raw, dict):
            raw = _untagged(raw)
        if isinstance(raw, dt.date):
            return _iso(raw.year, raw.month, raw.day)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            return _from_number(float(raw) if abs(raw) < 1e12 else math.inf)
        text = plain(cell_text(raw))
        return _from_text(text, context) if text else None

    def show(self, value: Any, context: Context) -> str:
        """As the firm writes it, else '25 Sep 1980' with the month in the reader's language."""
        if not value:
            return ""
        if habits.get().date:
            return day_text(dt.date.fromisoformat(value))
        year, month, day = value.split("-")
        return f"{int(day)} {_month_names(reader_language())[int(month) - 1]} {year}"

    def export(self, value: Any, context: Context) -> str | None:
        return value or None

    def to_db(self, value: Any) -> dt.date | None:
        return dt.date.fromisoformat(value) if value else None

    def from_db(self, stored: Any) -> str | None:
        return stored.isoformat() if stored else None


def _untagged(raw: dict[Any, Any]) -> Any:
    for tag in _TAGS:
        if tag in raw:
            return raw[tag]
    raise unreadable(raw)


def _iso(year: int, month: int, day: int) -> str:
    try:
        found = dt.date(year, month, day)
    except (ValueError, OverflowError):
        raise Invalid("date-impossible", _IMPOSSIBLE, f"{year}-{month}-{day}") from None
    if not 1000 <= year <= 2200:
        raise Invalid("date-year", _YEAR, year)
    return found.isoformat()


def _from_number(number: float) -> str:
    """A spreadsheet's serial number (29489), or a compact date (19800925)."""
    if 10_000_101 <= number <= 22_001_231 and number == int(number):
        return _iso(int(number) // 10_000, int(number) // 100 % 100, int(number) % 100)
    if not 2200 < number < 110_000:  # smaller ones are years or slips, hardly days before 1906
        raise Invalid("date-unreadable", _UNREADABLE, str(number))
    found = _SERIAL_ORIGIN + dt.timedelta(days=int(number))
    return _iso(found.year, found.month, found.day)


def _from_text(text: str, context: Context) -> str:
    if len(text) > _LONGEST:
        raise Invalid("date-unreadable", _UNREADABLE, text[:100])
    text = text if text.isascii() else _ascii_digits(text)
    iso = _ISO.fullmatch(text) or _WITH_ERA.match(text)
    if iso:
        return _iso(int(iso[1]), int(iso[2]), int(iso[3]))
    three = _THREE.fullmatch(text)
    if three:
        return _from_three(three[1], three[2], three[3], context)
    if _NUMBER.fullmatch(text):
        return _from_number(float(text))
    return _from_words(text, context)


def _ascii_digits(text: str) -> str:
    return "".join(digits(c) if c.isdecimal() else c for c in text)


def _from_three(one: str, two: str, three: str, context: Context) -> str:
    """Three numbers: the year is the one of three or four digits, the order settles the rest."""
    a, b, c = int(one), int(two), int(three)
    if len(one) > 2:
        return _iso(a, b, c)
    if len(three) <= 2 and context.date_order == "ymd" and a > 31:
        return _iso(_full_year(a, one, context), b, c)
    year = _full_year(c, three, context)
    day_first = context.date_order != "mdy"
    if a <= 12 and b <= 12 and a != b:
        iso = _iso(year, b, a) if day_first else _iso(year, a, b)
        read = {"day": date_format(dt.date.fromisoformat(iso), "j F Y")}
        context.warn("date-ambiguous", _READ_AS % read, f"{one}/{two}/{three}")
    elif a > 12 or b > 12:
        day_first = a > 12
    return _iso(year, b, a) if day_first else _iso(year, a, b)


def _full_year(year: int, typed: str, context: Context) -> int:
    if len(typed) > 2:
        return year
    this_year = clock.now().year
    century = this_year // 100 * 100
    full = century + year if century + year <= this_year + _PIVOT else century - 100 + year
    context.warn("date-short-year", _YEAR_READ_AS % {"year": full}, full)
    return full


def _from_words(text: str, context: Context) -> str:
    """'25 Sep 1980', 'September 25, 1980', '25-sep-80', in English or the reader's language."""
    match = _WITH_MONTH.fullmatch(fold(text))
    if not match:
        raise Invalid("date-unreadable", _UNREADABLE, text[:100])
    month = _month(match[2].strip(" .,-/"))
    day = match[1] or match[3]
    if not month or not day or (match[1] and match[3]):
        raise Invalid("date-unreadable", _UNREADABLE, text[:100])
    return _iso(_full_year(int(match[4]), match[4], context), month, int(day))


def _month(name: str) -> int | None:
    for language in ("en", reader_language()):
        found = _month_numbers(language).get(name)
        if found:
            return found
    return None


@lru_cache(maxsize=64)
def _month_numbers(language: str) -> dict[str, int]:
    months = locale_of(language).months
    found = {"sept": 9}
    for form in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[form][width].items():
                found.setdefault(fold(name).strip(" ."), number)
    return found


@lru_cache(maxsize=64)
def _month_names(language: str) -> list[str]:
    """Abbreviated names, but only those that `clean` reads back as the same month."""
    names = locale_of(language).months["format"]["abbreviated"]
    numbers = _month_numbers(language)
    usable = [fold(names[n]).strip(" .") for n in range(1, 13)]
    sound = all(numbers.get(u) == n and u.isalpha() for n, u in enumerate(usable, 1))
    return [names[n] for n in range(1, 13)] if sound else _ENGLISH
