"""How we know them, on the card: the second question stands beside the reference that asks it."""

from django.utils.safestring import SafeString

from kith.contacts.card import Card
from kith.contacts.context import options_of
from kith.contacts.fields.origin import SECOND_CHOICES

REFERENCE = "reference"
SECOND = tuple(SECOND_CHOICES.values())


def asked(card: Card) -> str:
    """The name of the field that the reference of this contact asks for, or ""."""
    option = options_of(card.context).get(card.state.get(REFERENCE))
    return SECOND_CHOICES.get(option.attributes.get("asks") or "", "") if option else ""


def fits(card: Card, name: str) -> bool:
    """Of the second questions, those alone that are asked or have an answer already."""
    return name not in SECOND or name == asked(card) or bool(card.state.get(name))


def turned(before: Card, now: Card) -> tuple[list[str], list[str]]:
    """Which second questions have come with another reference, and which are asked no more."""
    was = {name for name in SECOND if fits(before, name)}
    will = {name for name in SECOND if fits(now, name)}
    return [name for name in SECOND if name in will - was], sorted(was - will)


def away(name: str) -> SafeString:
    return SafeString(f'<div id="fact-{name}" hx-swap-oob="delete"></div>')
