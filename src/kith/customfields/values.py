"""The kinds of value that a field of one's own may have, and the keys they are filtered by.

Keys are texts that stand in the order of what they mean, so that a range of numbers or days is a
range of keys.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
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


@lru_cache(maxsize=4_096)
def number_key(number: Any) -> str:
    return f"{int(Decimal(str(number)).scaleb(6)) + _ZERO:027d}"


@dataclass(frozen=True)
class OwnKind:
    """`make` is given the field's name; without `keys` nothing can be filtered by it."""

    name: str
    label: Any
    icon: str
    example: Any
    make: Callable[[str], Kind]
    keys: Callable[[Value], Sequence[str]] | None = None
    searchable: bool = False
    may_be_unique: bool = False

    @property
    def has_options(self) -> bool:
        return self.name in ("choice", "choices")

    @property
    def takes_first(self) -> bool:
        """Whether a new form may have it filled in: who is meant is another person each time."""
        return self.name not in ("contact", "user", "link", "sealed")

    @property
    def filterable(self) -> bool:
        """Keys of sensitive values only tell whether two are the same."""
        return self.keys is not None and self.name != "sealed"


def _text(value: Value) -> Sequence[str]:
    return [text_key(value)]


def _number(value: Value) -> Sequence[str]:
    return [number_key(value)]


def _id(value: Value) -> Sequence[str]:
    return [str(value)]


OWN_KINDS = {
    each.name: each
    for each in (
        OwnKind("text", _("Text"), icon="letter-case", example=_("One line: a club number"),
                make=lambda _name: kinds.Text(500), keys=_text,
                searchable=True, may_be_unique=True),
        OwnKind("longtext", _("Long text"), icon="align-left", example=_("Several lines"),
                make=lambda _name: kinds.LongText(10_000), searchable=True),
        OwnKind("number", _("Number"), icon="hash", example=_("42 or 9.5"),
                make=lambda _name: kinds.Number(), keys=_number,
                searchable=True, may_be_unique=True),
        OwnKind("money", _("Money"), icon="cash", example=_("An amount: 9,00,000"),
                make=lambda _name: kinds.Money(18, 2), keys=_number),
        OwnKind("date", _("Date"), icon="calendar", example=_("A day: 4 Mar 2026"),
                make=lambda _name: kinds.Date(), keys=_id),
        OwnKind("yesno", _("Yes or no"), icon="checkbox", example=_("Yes, no, or not known"),
                make=lambda _name: kinds.YesNo(),
                keys=lambda value: ["yes" if value else "no"]),
        OwnKind("choice", _("Choice"), icon="list", example=_("One option of a list"),
                make=lambda name: kinds.Choice(list_of(name)), keys=_id, searchable=True),
        OwnKind("choices", _("Several choices"), icon="list-check",
                example=_("Any options of a list"),
                make=lambda name: kinds.Choices(list_of(name)),
                keys=lambda value: [str(each) for each in value], searchable=True),
        OwnKind("link", _("Link"), icon="link", example=_("Pages on the web"),
                make=lambda _name: kinds.Url(),
                keys=lambda value: [text_key(each["value"]) for each in value],
                searchable=True, may_be_unique=True),
        OwnKind("sealed", _("Sensitive text"), icon="lock",
                example=_("Encrypted and masked: a passport number"),
                make=lambda _name: kinds.Sealed(kinds.Text(500)),
                keys=lambda value: [kinds.digest_of(value)], may_be_unique=True),
        OwnKind("contact", _("Contact"), icon="address-book",
                example=_("Another contact: who introduced them"),
                make=lambda _name: kinds.Record("contact"), keys=_id),
        OwnKind("user", _("User"), icon="user-circle", example=_("Somebody who uses Kith"),
                make=lambda _name: kinds.User(), keys=_id),
    )
}  # fmt: skip
