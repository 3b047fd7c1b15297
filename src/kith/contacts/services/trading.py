"""A contact becomes a customer or a vendor: it gets the next number of its series."""

from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from kith.contacts.context import reading_context
from kith.contacts.models import Contact
from kith.core.errors import NotFound, Refused
from kith.core.holding import hold
from kith.core.record_types import Values, registry
from kith.history.models import ChangeSet, Door
from kith.records.checking import Checked
from kith.records.door import change_set
from kith.reference.models import List
from kith.reference.numbering import take_number
from kith.reference.queries import Entry, Options


class Role(NamedTuple):
    """`number` is the field that holds its number, `flag` what its types of contact carry."""

    series: str
    number: str
    flag: str


ROLES = {
    "customer": Role("customer", "customer_number", "is_customer"),
    "vendor": Role("vendor", "vendor_number", "is_vendor"),
}


def contact_trade(
    *, actor: Any, pk: int, role: str, door: Door = Door.SCREEN
) -> tuple[str, ChangeSet]:
    """Make it a "customer" or a "vendor"; gives its number and what can be undone.

    Its type follows, where it says nothing yet or only the other half. Raises Refused when it
    has its number already.
    """
    wanted = ROLES[role]
    with change_set(actor=actor, door=door, context=reading_context(reader=actor)) as changes:
        hold(f"trading {pk}")  # A double click must find what its first half has made.
        contact = Contact.objects.filter(pk=pk).first()
        if contact is None:
            raise NotFound
        if held := getattr(contact, wanted.number):
            message = _("%(name)s has the number %(number)s already.")
            raise Refused(message % {"name": contact.name, "number": held}, code="has-number")
        number = _free_number(wanted)
        values: Values = {wanted.number: number} | _type(contact.contact_type_id, wanted)
        changes.save(registry.get("contact"), Checked(values, id=pk))
        return number, changes.record


def _free_number(role: Role) -> str:
    """The next one that no contact has: numbers may have come with an import."""
    while True:
        number = take_number(role.series)
        if not Contact.objects.filter(**{role.number: number}).exists():
            return number


def _type(present: int | None, role: Role) -> Values:
    options = Options(List.CONTACT_TYPE)
    entry = options.get(present)
    flags = _flags(entry)
    if role.flag in flags or (entry and not flags):
        return {}  # It says so already, or something of its own that is not ours to change.
    offered = options.of(List.CONTACT_TYPE)
    fitting = next((each for each in offered if _flags(each) == flags | {role.flag}), None)
    return {"contact_type": fitting.id} if fitting else {}


def _flags(entry: Entry | None) -> set[str]:
    named = {role.flag for role in ROLES.values()}
    return {flag for flag in named if entry and entry.attributes.get(flag)}
