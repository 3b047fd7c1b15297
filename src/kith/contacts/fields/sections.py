"""The sections that a contact's fields are shown in, in their order."""

from django.utils.translation import gettext_lazy as _

from kith.contacts.models import ContactKind

CARD, REACH, ADDRESS, MORE, LINKS = "card", "reach", "address", "more", "links"
STATUTORY, TRADING, BANK, SETTINGS = "statutory", "trading", "bank", "settings"
SECTIONS = (
    (CARD, _("Business card")),
    (REACH, _("Reach")),
    (ADDRESS, _("Main site")),
    (MORE, _("More")),
    (STATUTORY, _("Statutory details")),
    (TRADING, _("Sales and purchase")),
    (BANK, _("Bank details")),
    (SETTINGS, _("Contact settings")),
)
PERSON = (ContactKind.PERSON.value,)
COMPANY = (ContactKind.COMPANY.value,)
