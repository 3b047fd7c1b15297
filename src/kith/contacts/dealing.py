"""Whether the firm trades with a contact: only then are the terms of trade worth showing."""

from typing import Any

from kith.contacts.fields.sections import BANK, TRADING
from kith.core.fields import Field
from kith.core.record_types import Values

ONLY_IN_TRADE = (TRADING, BANK)


def trades(state: Values, options: Any, fields: tuple[Field, ...]) -> bool:
    """It has a number, its type says so, or there are terms already (an import brings them)."""
    entry = options.get(state.get("contact_type"))
    if entry and (entry.attributes.get("is_customer") or entry.attributes.get("is_vendor")):
        return True
    held = (state.get(each.name) for each in fields if each.section in ONLY_IN_TRADE)
    return any(value not in (None, [], "") for value in held)
