"""The channels: how to reach them. The first of each kind is the primary one."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.contacts.fields.sections import REACH
from kith.contacts.keys import channel_key
from kith.core import kinds
from kith.core.fields import Below, Field
from kith.core.kinds.kind import Kind


def _channel(name: str, label: Any, kind: Kind, **more: Any) -> Field:
    storage = Below(
        "contacts.Channel",
        "contact_id",
        ("value", "text", "label"),
        kind=name,
        also=(("key", channel_key),),
    )
    return Field(name, label, kind, REACH, storage, personal=True, **more)


REACH_FIELDS = (
    _channel(
        "mobile",
        _("Mobile"),
        kinds.Phone(),
        column=True,
        search=3,
        aliases=(
            "Mobile Number",
            "Mobile Number1",
            "Mobile Phone",
            "Phone",
            "Phone Number",
            "Telephone",
            "Cell",
            "Home Mobile",
            "Phone 1 - Value",
            "Phone 2 - Value",
        ),
    ),
    _channel(
        "office_phone",
        _("Office phone"),
        kinds.Phone(),
        search=3,
        aliases=(
            "Office Phone",
            "Office Phone1",
            "Work Phone",
            "Business Phone",
            "Company Main Phone",
        ),
    ),
    _channel(
        "other_phone",
        _("Other phone"),
        kinds.Phone(),
        search=3,
        aliases=("Other Number", "Home Phone", "Additional Phone"),
    ),
    _channel("whatsapp", _("WhatsApp"), kinds.Social("whatsapp"), search=1),
    _channel(
        "email",
        _("E-mail"),
        kinds.Email(),
        column=True,
        search=3,
        aliases=(
            "Email Address",
            "Email",
            "E-mail Address",
            "Mail",
            "E-mail 1 - Value",
            "Email 1 - Value",
            "E-mail 2 - Value",
            "Primary Email",
            "Secondary Email",
            "Email Home",
            "Email Work",
            "Contact Email",
        ),
    ),
    _channel(
        "website",
        _("Website"),
        kinds.Url(),
        search=1,
        aliases=(
            "Web",
            "Web Site",
            "Homepage",
            "URL",
            "Website",
            "Web Page",
            "Web Page 1",
            "Website 1 - Value",
        ),
    ),
    _channel("skype", _("Skype"), kinds.Social("skype"), aliases=("Skype ID",)),
    _channel("linkedin", _("LinkedIn"), kinds.Social("linkedin")),
    _channel("instagram", _("Instagram"), kinds.Social("instagram")),
    _channel("facebook", _("Facebook"), kinds.Social("facebook")),
    _channel("youtube", _("YouTube"), kinds.Social("youtube")),
    _channel("twitter", _("X (Twitter)"), kinds.Social("twitter"), aliases=("Twitter", "X")),
)
