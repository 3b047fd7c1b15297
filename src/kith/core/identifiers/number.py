"""What reading an official number gives, and the pieces that all schemes share."""

import re
from typing import Any, NamedTuple

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_NOT_ALNUM = re.compile(r"[^0-9A-Z]+")
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Flaw(NamedTuple):
    """What is wrong with a number, in words."""

    code: str
    message: Any


class Number(NamedTuple):
    """A number in its normal form, or as it was typed where something is wrong with it.

    `checkable` is False for numbers about which nothing is known but the text.
    """

    value: str
    flaw: Flaw | None = None
    checkable: bool = True

    @property
    def verified(self) -> bool | None:
        return self.flaw is None if self.checkable else None


def compact(text: str) -> str:
    """Letters in capitals and digits, without what people put between them."""
    return _NOT_ALNUM.sub("", text.upper())


def wrong_length(*right: int) -> Flaw:
    said = _("This should have {lengths} characters.")
    return Flaw("wrong-length", format_lazy(said, lengths=" / ".join(map(str, right))))


def wrong_format(example: str) -> Flaw:
    said = _("This is not written like such a number: one looks like {example}.")
    return Flaw("wrong-format", format_lazy(said, example=example))


def wrong_check() -> Flaw:
    return Flaw("wrong-check-digit", _("The check digit does not fit: a character is mistyped."))


def patterned(text: str, pattern: str, example: str, *lengths: int) -> Number:
    """A number of which only length and pattern are known."""
    value = compact(text)
    if len(value) not in lengths:
        return Number(text, wrong_length(*lengths))
    if not re.fullmatch(pattern, value, re.ASCII):
        return Number(text, wrong_format(example))
    return Number(value)
