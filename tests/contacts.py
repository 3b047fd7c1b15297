"""Contacts for tests, made through the services as people make them."""

from typing import Any

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Contact
from kith.contacts.services.contacts import contact_save
from kith.contacts.services.links import link_save
from kith.records.checking import Draft


def make_contact(actor: Any = SYSTEM, **values: Any) -> Contact:
    values.setdefault("name", "Anjali Smithson")
    pk, _changes = contact_save(actor=actor, draft=Draft(values))
    return Contact.objects.get(pk=pk)


def change_contact(contact: Contact, actor: Any = SYSTEM, **values: Any) -> int:
    """Gives the id of the change set."""
    _pk, changes = contact_save(actor=actor, draft=Draft(values, id=contact.pk))
    assert changes
    return changes.pk


def make_link(contact: Contact, other: Contact, actor: Any = SYSTEM, **values: Any) -> int:
    values.setdefault("relation", "Employer")
    pk, _changes = link_save(
        actor=actor, values={"contact": contact.pk, "other": other.pk, **values}
    )
    return pk
