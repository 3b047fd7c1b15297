"""What the pages of one contact begin with."""

from django.http import HttpRequest
from django.middleware.csrf import get_token

from kith.accounts.requests import SignedInRequest
from kith.contacts.access import contact_for
from kith.contacts.card import Card
from kith.contacts.context import reading_context
from kith.contacts.forms.controls import editable
from kith.contacts.models import Contact
from kith.contacts.record import CONTACT
from kith.core.errors import NotFound
from kith.core.fields import Elsewhere, Field
from kith.core.kinds.kind import Context
from kith.core.record_types import Values
from kith.records.tables import load_states

LIST = "/contacts/"
PROSPECTS = "/prospects/"


def list_of(contact: Contact) -> str:
    """The list in which it stands."""
    return PROSPECTS if contact.is_prospect else LIST


def card_for(request: SignedInRequest, pk: int, action: str = "see") -> Card:
    """The contact with all its values. Raises NotFound or Forbidden."""
    contact = contact_for(request.user, pk, action)
    context, state = reading_context(reader=request.user), state_of(pk)
    context.currency = state.get("currency") or context.currency
    _expect(context, state)
    request.shown_in = list_of(contact)
    return Card(
        contact=contact,
        state=state,
        user=request.user,
        context=context,
        params=request.GET,
        csrf_token=get_token(request),
    )


def _expect(context: Context, state: Values) -> None:
    """The contacts that the values name are read at once."""
    named = (state.get(each.name) for each in CONTACT.fields if each.kind.widget == "record")
    if context.records:
        context.records.expect(filter(None, named))


def state_of(pk: int) -> Values:
    """The stored values; who is linked is another question, because not everybody sees it all."""
    stored = [each for each in CONTACT.fields if not isinstance(each.storage, Elsewhere)]
    found = load_states(CONTACT, [pk], stored)
    if pk not in found:
        raise NotFound
    return found[pk]


def field_named(name: str, kind: str) -> Field:
    """A field of the card that people may change; NotFound for any other name."""
    field = CONTACT.by_name.get(name)
    if field is None or not editable(field) or not field.applies_to(kind):
        raise NotFound
    return field


def is_htmx(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", None))
