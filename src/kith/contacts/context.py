"""What raw values of contacts are read with: the firm's country, its options, its users."""

from typing import Any

from kith.accounts.permissions import Permission
from kith.accounts.queries import Audiences, Users
from kith.contacts.book import Contacts
from kith.core.kinds.kind import Context
from kith.reference.company import company
from kith.reference.queries import Options


def reading_context(default_country: str | None = None, *, reader: Any = None) -> Context:
    """A fresh one for each request or portion of work: it remembers what it has looked up.

    `reader` gives or reads the values, and sees other contacts that they name; without one,
    nobody does."""
    users, firm = Users(), company()
    return Context(
        default_country=default_country or firm.country,
        currency=firm.currency,
        date_order=firm.habits.date_order,
        growing=firm.growing,
        grows=reader is not None and reader.may(Permission.REFERENCE_MANAGE),
        options=Options(viewer=reader),
        users=users,
        records=Contacts(reader) if reader is not None else None,
        audiences=Audiences(users),
        reader=reader.pk if reader is not None else None,
    )


def options_of(context: Context) -> Options:
    """The reference lists of a context that was made here, as are the next two."""
    assert isinstance(context.options, Options)
    return context.options


def users_of(context: Context) -> Users:
    assert isinstance(context.users, Users)
    return context.users


def audiences_of(context: Context) -> Audiences:
    assert isinstance(context.audiences, Audiences)
    return context.audiences
