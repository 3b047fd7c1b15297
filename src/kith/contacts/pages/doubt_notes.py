"""Below a value on the card: why it is doubtful. A mark that must be pointed at says nothing on a
phone, and what the toast said is gone after some seconds."""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

from kith.contacts.card import Card
from kith.contacts.display import flaw_of
from kith.contacts.doubts import doubts
from kith.contacts.record import CONTACT
from kith.core.fields import ACCEPT, Field
from kith.records.checking import policy_of
from kith.web.marks import icon

EMPTY = SafeString("")


def at_odds(card: Card) -> Mapping[str, str]:
    """What the values say against each other, by field; asked once a page."""
    if card.at_odds is None:
        card.at_odds = {}
        for each in doubts({}, card.state):
            if policy_of(CONTACT.field(each.field), card.context) != ACCEPT:
                said = card.at_odds.get(each.field, "")
                card.at_odds[each.field] = f"{said} {each.message}".strip()
    return card.at_odds


def doubt_note(card: Card, field: Field) -> SafeString:
    value = card.state.get(field.name)
    why = at_odds(card).get(field.name) or flaw_of(field.kind, value)
    if not (value and why):
        return EMPTY
    return format_html('<small class="k-doubt">{} {}</small>', icon("alert-triangle"), why)
