"""What raw values of contacts are read with: the firm's country, its options, its users."""

from typing import Any

from django.conf import settings

from kith.accounts.queries import Users
from kith.contacts.book import Contacts
from kith.core.kinds.kind import Context
from kith.reference.queries import Options


def reading_context(default_country: str | None = None, *, reader: Any = None) -> Context:
    """A fresh one for each request or portion of work: it remembers what it has looked up.

    `reader`: who sees other contacts that values name; without one, nobody does."""
    country = default_country or settings.DEFAULT_COUNTRY
    records = Contacts(reader) if reader is not None else None
    return Context(default_country=country, options=Options(), users=Users(), records=records)
