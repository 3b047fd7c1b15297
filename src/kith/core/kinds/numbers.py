"""Whole numbers, stars and amounts of money, as people and spreadsheets write them."""

import re
import unicodedata
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kith.core import habits
from kith.core.kinds.kind import Cell, Context, Invalid, Kind, cell_text, number_text
from kith.core.text import plain

_UNREADABLE = _("This is not a number. Write digits only, for example 900000.")
_DRESSING = re.compile(
    r"\s+|['’_]|/-$|/=$|\b(?:rs|inr|rupees?|usd|eur|gbp|nok)\b\.?", re.IGNORECASE
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d*)?")
_GROUPED_BY_DOTS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d*)?")
_ONE_DOT_OF_THREE = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_MULTIPLES = {"lakh": 5, "lakhs": 5, "lac": 5, "lacs": 5, "crore": 7, "crores": 7, "cr": 7}
_MULTIPLE = re.compile(rf"([\d.,]+)({'|'.join(sorted(_MULTIPLES, key=len, reverse=True))})\.?$")
# Countries that write 1.234,50 (CLDR's decimal comma with dots for thousands).
_DOT_GROUPING = frozenset(
    "AD AL AN AR AT BA BE BO BR CL CO CR CY DE DK EC ES GR HR ID IS IT LU MA MC ME MK NL PY RO RS"
    " SI SR TR UY VE VN".split()
)


class Integer(Kind):
    """A whole number between two limits."""

    widget = "number"

    def __init__(self, minimum: int = -(2**31), maximum: int = 2**31 - 1) -> None:
        self.minimum = minimum
        self.maximum = maximum

    def clean(self, raw: Any, context: Context) -> int | None:
        number = read_number(without_percent(raw, context), context)
        if number is None:
            return None
        if number != number.to_integral_value():
            raise Invalid("not-whole", _("Write a whole number."), cell_text(raw))
        check_limits(number, self.minimum, self.maximum)
        return int(number)

    def export(self, value: Any, context: Context) -> Cell:
        return None if value is None else int(value)

    def to_db(self, value: Any) -> Any:
        return value


class Stars(Integer):
    """A priority of 0 to 5 stars; ★★★ is 3."""

    widget = "stars"

    def __init__(self) -> None:
        super().__init__(0, 5)

    def clean(self, raw: Any, context: Context) -> int | None:
        if isinstance(raw, str) and raw.strip() and not raw.strip("★☆* "):
            raw = raw.count("★") + raw.count("*")
        return super().clean(raw, context)


class Money(Kind):
    """An amount as decimal text without grouping: '900000', '12.5'. The currency is beside it."""

    widget = "money"

    def __init__(self, digits: int = 18, places: int = 2, minimum: int | None = None) -> None:
        self.places = places
        self.maximum = 10 ** (digits - places)
        self.minimum = -self.maximum if minimum is None else minimum

    def clean(self, raw: Any, context: Context) -> str | None:
        number = read_number(raw, context)
        if number is None:
            return None
        check_limits(number, self.minimum, self.maximum)
        rounded = rounded_to(number, self.places)
        if rounded != number and not isinstance(raw, float):
            context.warn("rounded", _("The amount was rounded."), cell_text(raw))
        return number_text(rounded)

    def show(self, value: Any, context: Context) -> str:
        if value is None:
            return ""
        whole, _dot, part = str(value).partition(".")
        sign, whole = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        fraction = f".{part:0<{self.places}}" if part else ""
        shown = grouped(whole, indian=context.default_country == "IN") + fraction
        return sign + habits.in_own_signs(shown)

    def export(self, value: Any, context: Context) -> Cell:
        """A number, or text when a spreadsheet's 15 digits can't hold it."""
        if value is None:
            return None
        if len(value.replace(".", "").lstrip("-")) > 15:
            return str(value)
        return float(value) if "." in value else int(value)

    def to_db(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(value)

    def from_db(self, stored: Any) -> str | None:
        return None if stored is None else number_text(Decimal(stored))


class Number(Money):
    """A number with or without decimals, as text: '12.5'."""

    widget = "number"

    def __init__(self, digits: int = 18, places: int = 6) -> None:
        super().__init__(digits, places)

    def clean(self, raw: Any, context: Context) -> str | None:
        return super().clean(without_percent(raw, context), context)

    def show(self, value: Any, context: Context) -> str:
        whole, dot, part = str(value or "").partition(".")
        return super().show(whole, context) + dot + part if whole else ""

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        return [value] if value else []


class Percent(Money):
    """A share of a hundred: '12.5'; a percent sign may be typed."""

    widget = "percent"

    def __init__(self) -> None:
        super().__init__(digits=5, places=2, minimum=0)
        self.maximum = 100

    def clean(self, raw: Any, context: Context) -> str | None:
        if isinstance(raw, str):
            raw = raw.replace("%", " ")
        return super().clean(raw, context)

    def show(self, value: Any, context: Context) -> str:
        return "" if value is None else f"{value} %"


def without_percent(raw: Any, context: Context) -> Any:
    """A share of a hundred for a field of plain numbers: as it is shown, 12.5 of 12.5 %."""
    if not isinstance(raw, str) or not (text := raw.strip()).endswith(("%", "٪", "％")):
        return raw
    context.warn("percent-left-out", _("The number was taken without its percent sign."), text)
    return text[:-1]


def read_number(raw: Any, context: Context) -> Decimal | None:
    """The number that a cell or a person means; raises Invalid."""
    if isinstance(raw, bool):
        raise Invalid("not-a-number", _UNREADABLE, cell_text(raw))
    typed = plain(cell_text(raw))
    if not typed:
        return None
    try:
        return _decimal(_bare(typed), context)
    except (InvalidOperation, ValueError):
        raise Invalid("not-a-number", _UNREADABLE, typed[:100]) from None


def _bare(typed: str) -> str:
    """ASCII digits, without currency signs, spaces and the like; '(5)' and '5-' are '-5'."""
    text = "".join(_ascii(c) for c in typed[:200])
    text = _DRESSING.sub("", text).lower()
    if text.startswith("(") and text.endswith(")"):
        return "-" + text[1:-1]
    return "-" + text[:-1] if text.endswith("-") and len(text) > 1 else text


def _ascii(character: str) -> str:
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if unicodedata.category(character) == "Sc":
        return " "
    return {"−": "-", "٫": ".", "٬": ",", "–": "-"}.get(character, character)


def _decimal(text: str, context: Context) -> Decimal:
    sign = -1 if text.startswith("-") else 1
    text = text[1:] if text.startswith(("+", "-")) else text
    if text.startswith(("+", "-")):
        raise ValueError(text)
    multiple = _MULTIPLE.fullmatch(text)
    power = _MULTIPLES[multiple[2]] if multiple else 0
    number = Decimal(_with_dot(multiple[1] if multiple else text, context))
    if not number.is_finite() or not -400 < number.adjusted() < 400:
        raise ValueError(text)
    return sign * number.scaleb(power)


def _with_dot(text: str, context: Context) -> str:
    if _GROUPED.fullmatch(text):
        return text.replace(",", "")
    by_dots = _GROUPED_BY_DOTS.fullmatch(text)
    if by_dots and (text.count(".") > 1 or "," in text or _dots_group(text, context)):
        return text.replace(".", "").replace(",", ".")
    if text.count(",") == 1 and "." not in text:
        return text.replace(",", ".")
    return text


def _dots_group(text: str, context: Context) -> bool:
    """Whether '1.234' means 1234: so it does where people write 1.234,50."""
    grouping = bool(_ONE_DOT_OF_THREE.fullmatch(text)) and context.home in _DOT_GROUPING
    if grouping:
        context.warn("number-ambiguous", _("The dot was read as a thousands separator."), text)
    return grouping


_SAYS_LITTLE = 10**9
"""A limit beyond this is that of the store: it tells nobody what to write."""


def check_limits(number: Decimal, minimum: int, maximum: int) -> None:
    if not minimum <= number <= maximum:
        told = _("Write a number from {minimum} to {maximum}.")
        if number < minimum and maximum > _SAYS_LITTLE:
            told = _("Write a number that is not below {minimum}.")
        message = format_lazy(told, minimum=minimum, maximum=maximum)
        raise Invalid("out-of-range", message, number_text(number)[:40])


def grouped(whole: str, *, indian: bool = False) -> str:
    """'1234567' as 1,234,567 or, the Indian way, 12,34,567."""
    if not indian or len(whole) <= 3:
        return f"{int(whole):,}"
    head, tail = whole[:-3], whole[-3:]
    return re.sub(r"(?<=\d)(?=(?:\d{2})+$)", ",", head) + "," + tail


def rounded_to(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
