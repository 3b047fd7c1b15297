"""Everything that can be known of a contact, declared once and in the order it is shown."""

from kith.contacts.fields.address import ADDRESS_FIELDS
from kith.contacts.fields.card import CARD_FIELDS
from kith.contacts.fields.more import MORE_FIELDS, SEARCHED_FIELDS
from kith.contacts.fields.preferences import PREFERENCE_FIELDS
from kith.contacts.fields.reach import REACH_FIELDS
from kith.contacts.fields.sections import SECTIONS
from kith.contacts.fields.sheet import SHEET_FIELDS
from kith.contacts.fields.statutory import STATUTORY_FIELDS
from kith.contacts.fields.trading import TRADING_FIELDS

FIELDS = (
    *CARD_FIELDS,
    *REACH_FIELDS,
    *ADDRESS_FIELDS,
    *MORE_FIELDS,
    *STATUTORY_FIELDS,
    *TRADING_FIELDS,
    *PREFERENCE_FIELDS,
    *SEARCHED_FIELDS,
)

__all__ = ["FIELDS", "SECTIONS", "SHEET_FIELDS"]
