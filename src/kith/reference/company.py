"""The firm as every page and job sees it. Read now and then, not each time it is asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import inf
from time import monotonic
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies
from django.conf import settings

from kith.core.habits import DATE_FORMATS, Habits
from kith.core.prepared import Prepared
from kith.reference.models import CompanySettings

SECONDS_KEPT = 3.0
"""Another process hears of a change so much later; the one that made it, at once."""


@dataclass(frozen=True)
class Company:
    """Everything filled in: what the firm did not say is as the installation has it."""

    name: str = ""
    logo: str = ""
    country: str = ""
    currency: str = ""
    time_zone: str = ""
    habits: Habits = field(default_factory=Habits)
    growing: Mapping[str, bool] = field(default_factory=dict)
    holds_hidden: bool = False

    @property
    def date_order(self) -> str:
        """In which days of a sheet are understood: the firm's own, else its country's."""
        return DATE_FORMATS.get(self.habits.date) or date_order_of(self.country)


ROW = Prepared(lambda: CompanySettings.objects.order_by("pk").values_list()[:1])


class _Kept:
    """The last reading, and when it was."""

    company: Company | None = None
    cells: Sequence[Any] = ()
    at = 0.0


def company() -> Company:
    if _Kept.company is None or monotonic() - _Kept.at > SECONDS_KEPT:
        _Kept.company, _Kept.at = _read(), monotonic()
    return _Kept.company


def look_again() -> Company:
    """At the beginning of a request: another process may have changed it since."""
    if _Kept.at != inf:
        cells = ROW.rows()
        if cells != _Kept.cells:
            _Kept.company, _Kept.cells = _read(), cells
        _Kept.at = monotonic()
    return company()


def forget() -> None:
    """It was changed in this process."""
    _Kept.company = None


def suppose(known: Company) -> None:
    """For tests: nothing is read until somebody says `forget`."""
    _Kept.company, _Kept.at = known, inf


def company_row() -> CompanySettings | None:
    return CompanySettings.objects.order_by("pk").first()


def _read() -> Company:
    return filled(company_row() or CompanySettings())


def filled(row: CompanySettings) -> Company:
    country = row.country or settings.DEFAULT_COUNTRY
    return Company(
        name=row.name,
        logo=row.logo,
        country=country,
        currency=row.currency or currency_of(country),
        time_zone=row.time_zone or settings.TIME_ZONE,
        habits=Habits(row.date_format, row.number_format, _first_weekday(row, country)),
        growing=row.growing,
        holds_hidden=row.holds_hidden,
    )


def _first_weekday(row: CompanySettings, country: str) -> int:
    return first_weekday_of(country) if row.first_weekday is None else row.first_weekday


@cache
def first_weekday_of(country: str) -> int:
    """The day that weeks begin on there (CLDR; 0 is Monday)."""
    try:
        return int(Locale.parse(f"und_{country}").first_week_day)
    except (UnknownLocaleError, ValueError):
        return 0


@cache
def date_order_of(country: str) -> str:
    """In which order days are written in figures there (CLDR); day first, where nobody can say."""
    try:
        pattern = Locale.parse(f"und_{country}").date_formats["short"].pattern
    except (UnknownLocaleError, ValueError):
        return "dmy"
    order = "".join(sorted("dmy", key=pattern.lower().find))
    return order if order in DATE_FORMATS.values() else "dmy"


@cache
def currency_of(country: str) -> str:
    """What is paid with there now (ISO 4217); "" where nobody can say."""
    found = get_territory_currencies(country) if country else []
    return str(found[0]) if found else ""
