"""The kinds of value that a field of one's own may have, and the keys they are filtered by.

Keys are texts that stand in the order of what they mean, so that a range of numbers or days is a
range of keys.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.core import kinds
from kith.core.fields import Value
from kith.core.kinds.kind import Kind
from kith.core.text import fold

KEY_LENGTH = 200
LIST_PREFIX = "custom-"
_ZERO = 10**26


def list_of(name: str) -> str:
    """The reference list that holds the options of a field."""
    return LIST_PREFIX + name


def text_key(text: str) -> str:
    return fold(text)[:KEY_LENGTH]


def number_key(number: Any) -> str:
    return f"{int(Decimal(str(number)).scaleb(6)) + _ZERO:027d}"


@dataclass(frozen=True)
class OwnKind:
    """`make` is given the field's name; without `keys` nothing can be filtered by it."""

    name: str
    label: Any
    icon: str
    make: Callable[[str], Kind]
    keys: Callable[[Value], Sequence[str]] | None
    searchable: bool = False
    may_be_unique: bool = False

    @property
    def has_options(self) -> bool:
        return self.name in ("choice", "choices")

    @property
    def takes_first(self) -> bool:
        """Whether a new form may have it filled in: who is meant is another person each time."""
        return self.name not in ("contact", "user", "link")


def _text(value: Value) -> Sequence[str]:
    return [text_key(value)]


def _number(value: Value) -> Sequence[str]:
    return [number_key(value)]


def _id(value: Value) -> Sequence[str]:
    return [str(value)]


OWN_KINDS = {
    each.name: each
    for each in (
        OwnKind("text", _("Text"), "letter-case", lambda _name: kinds.Text(500), _text,
                searchable=True, may_be_unique=True),
        OwnKind("longtext", _("Long text"), "align-left", lambda _name: kinds.LongText(10_000),
                None, searchable=True),
        OwnKind("number", _("Number"), "123", lambda _name: kinds.Number(), _number,
                searchable=True, may_be_unique=True),
        OwnKind("money", _("Money"), "cash", lambda _name: kinds.Money(18, 2), _number),
        OwnKind("date", _("Date"), "calendar", lambda _name: kinds.Date(), _id),
        OwnKind("yesno", _("Yes or no"), "checkbox", lambda _name: kinds.YesNo(),
                lambda value: ["yes" if value else "no"]),
        OwnKind("choice", _("Choice"), "list", lambda name: kinds.Choice(list_of(name)), _id),
        OwnKind("choices", _("Several choices"), "list-check",
                lambda name: kinds.Choices(list_of(name)),
                lambda value: [str(each) for each in value]),
        OwnKind("link", _("Link"), "link", lambda _name: kinds.Url(),
                lambda value: [text_key(each["value"]) for each in value],
                searchable=True, may_be_unique=True),
        OwnKind("contact", _("Contact"), "user", lambda _name: kinds.Record("contact"), _id),
        OwnKind("user", _("User"), "user-circle", lambda _name: kinds.User(), _id),
    )
}  # fmt: skip
