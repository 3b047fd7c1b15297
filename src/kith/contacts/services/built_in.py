"""The contact that every installation has: the customer 'Contacts', whose sites are channels.

Who writes through Facebook, Twitter or WhatsApp and is not known yet belongs to it.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from kith.accounts.actors import SYSTEM
from kith.contacts.models import BuiltIn, ContactKind
from kith.contacts.services.contacts import contact_save
from kith.contacts.services.sites import site_save
from kith.history.models import Door
from kith.records.bulk import insert_rows
from kith.records.checking import Checked, Draft
from kith.reference.models import List, Option

CONTACTS = "contacts"
BUILT_IN = (CONTACTS,)
CHANNELS = ("Facebook", "Twitter", "WhatsApp")


@transaction.atomic
def built_in_ensure() -> int:
    """The id of the customer 'Contacts'; it is made where it is not there."""
    known = BuiltIn.objects.filter(name=CONTACTS).values_list("contact_id", flat=True).first()
    if known is not None:
        return known
    customer = Option.objects.filter(list_name=List.CONTACT_TYPE, attributes__is_customer=True)
    values = {
        "kind": ContactKind.COMPANY.value,
        "name": _("Contacts"),
        "contact_type": customer.order_by("position", "pk").values_list("pk", flat=True).first(),
        "remarks": _("Who writes through a social channel and is not known yet belongs here."),
    }
    pk, _changes = contact_save(actor=SYSTEM, draft=Draft(values), door=Door.COMMAND)
    for name in CHANNELS:
        draft = Checked({"site_name": name})
        site_save(actor=SYSTEM, contact=pk, draft=draft, door=Door.COMMAND)
    insert_rows(BuiltIn, ["name", "contact_id"], [(CONTACTS, pk)])
    return pk
