"""How the firm writes days and numbers. Set around each request and each job; without it, as
people's languages have it."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.utils.formats import date_format

DATE_FORMATS = {
    "d.m.Y": "dmy",
    "d/m/Y": "dmy",
    "d-m-Y": "dmy",
    "m/d/Y": "mdy",
    "Y-m-d": "ymd",
}
"""Django's pattern, and the order in which days typed in figures are understood."""
NUMBER_FORMATS = {
    "1,234.5": (",", "."),
    "1.234,5": (".", ","),
    "1 234,5": ("\N{NO-BREAK SPACE}", ","),
    "1'234.5": ("\N{RIGHT SINGLE QUOTATION MARK}", "."),
}
"""What stands between thousands, and before the fraction."""


@dataclass(frozen=True)
class Habits:
    date: str = ""
    number: str = ""
    first_weekday: int = 0  # Monday

    @property
    def date_order(self) -> str:
        return DATE_FORMATS.get(self.date, "ymd")


habits: ContextVar[Habits] = ContextVar("habits", default=Habits())  # noqa: B039 (it is frozen)


class _Firm:
    """Who knows the firm's habits; until a slice has said so, it has none."""

    read: Callable[[], Habits] = Habits


def read_by(reader: Callable[[], Habits]) -> None:
    _Firm.read = staticmethod(reader)


@contextmanager
def as_the_firm_writes() -> Iterator[None]:
    """Around work that nobody's request began."""
    token = habits.set(_Firm.read())
    try:
        yield
    finally:
        habits.reset(token)


def day_text(day: dt.date, otherwise: str = "j M Y") -> str:
    """A day as the firm writes it, else by Django's pattern `otherwise`."""
    pattern = habits.get().date
    return in_figures(day, pattern) if pattern else date_format(day, otherwise)


def in_figures(day: dt.date, pattern: str) -> str:
    """By one of DATE_FORMATS."""
    return day.strftime(_STRFTIME[pattern])


_STRFTIME = {
    pattern: pattern.replace("d", "%d").replace("m", "%m").replace("Y", "%Y")
    for pattern in DATE_FORMATS
}


def count_text(count: int) -> str:
    """12,481, in the firm's own signs."""
    return in_own_signs(f"{count:,}")


def in_own_signs(grouped: str) -> str:
    """A number grouped with commas, in the firm's own signs."""
    between, before = NUMBER_FORMATS.get(habits.get().number, (",", "."))
    if (between, before) == (",", "."):
        return grouped
    return "".join({",": between, ".": before}.get(sign, sign) for sign in grouped)
