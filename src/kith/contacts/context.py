"""What raw values of contacts are read with: the firm's country, its options, its users."""

from django.conf import settings

from kith.accounts.queries import Users
from kith.core.kinds.kind import Context
from kith.reference.queries import Options


def reading_context(default_country: str | None = None) -> Context:
    """A fresh one for each request or portion of work: it remembers what it has looked up."""
    country = default_country or settings.DEFAULT_COUNTRY
    return Context(default_country=country, options=Options(), users=Users())
