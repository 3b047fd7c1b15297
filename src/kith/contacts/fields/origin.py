"""How we know them: the kind of reference, and the second choice that it asks for."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.contacts.fields.sections import MORE
from kith.core import kinds
from kith.core.fields import Beside, BesideTable, Field, Own
from kith.reference.models import List

ORIGIN = BesideTable("contacts.Origin", "contact_id", optional=True)
SECOND_CHOICES = {
    "campaign": "reference_campaign",
    "contact": "reference_contact",
    "user": "reference_user",
    "text": "reference_text",
}
"""By what an option of the list of references says that it `asks` for."""


def _second(name: str, label: Any, kind: kinds.Kind, held_in: str = "", **more: Any) -> Field:
    return Field(name, label, kind, MORE, Beside(ORIGIN, held_in), **more)


ORIGIN_FIELDS = (
    Field(
        "reference",
        _("Reference"),
        kinds.Choice(List.REFERENCE, grow=True),
        MORE,
        Own("reference_id"),
        help=_("How you know them."),
        aliases=("Lead Source", "Source"),
    ),
    _second(
        "reference_campaign",
        _("Campaign or activity"),
        kinds.Choice(List.CAMPAIGN, grow=True),
        "campaign_id",
        aliases=("Campaign", "Activity"),
    ),
    _second(
        "reference_contact",
        _("Referred by contact"),
        kinds.Record("contact"),
        "by_contact_id",
        aliases=("Reference Contact", "Referred By"),
    ),
    _second(
        "reference_user",
        _("Referred by employee"),
        kinds.User(),
        "by_user_id",
        aliases=("Reference Employee",),
    ),
    _second(
        "reference_text",
        _("Reference details"),
        kinds.Text(200),
        "text",
        aliases=("Reference Details", "Reference Name"),
    ),
)
