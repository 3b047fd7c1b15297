"""The sections that a contact's fields are shown in, in their order."""

from django.utils.translation import gettext_lazy as _

from kith.contacts.models import ContactKind

CARD, REACH, ADDRESS, MORE, LINKS = "card", "reach", "address", "more", "links"
SECTIONS = (
    (CARD, _("Business card")),
    (REACH, _("Reach")),
    (ADDRESS, _("Main site")),
    (MORE, _("More")),
)
PERSON = (ContactKind.PERSON.value,)
