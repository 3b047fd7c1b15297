"""How they wish to be dealt with: time zone, language, what they are told, their own sign-in."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.contacts.fields.sections import SETTINGS
from kith.core import kinds
from kith.core.fields import Beside, BesideTable, Field

PREFERENCES = BesideTable("contacts.Preferences", "contact_id", optional=True)
WAYS = kinds.Enum(
    (
        ("both", _("E-mail and SMS"), ("Both", "Email and SMS", "SMS and Email")),
        ("email", _("E-mail"), ("Email", "Mail")),
        ("sms", _("SMS"), ("Text", "Text message")),
        ("none", _("None"), ("Never", "No")),
    )
)


def _preference(name: str, label: Any, kind: kinds.Kind, **more: Any) -> Field:
    return Field(name, label, kind, SETTINGS, Beside(PREFERENCES), **more)


def _told(name: str, label: Any) -> Field:
    """A kind of notification; empty is told as `notify` says."""
    return _preference(name, label, WAYS)


PREFERENCE_FIELDS = (
    _preference(
        "time_zone",
        _("Time zone"),
        kinds.TimeZone(),
        aliases=("Default Time Zone", "Timezone"),
    ),
    _preference(
        "currency",
        _("Currency"),
        kinds.Currency(),
        aliases=("Default Currency", "Currency Code"),
    ),
    _preference("language", _("Language"), kinds.Language(), aliases=("Preferred Language",)),
    _preference(
        "notify",
        _("Notifications"),
        WAYS,
        help=_("How they are told of what concerns them, where nothing else is said below."),
        aliases=("Send System Notifications", "System Notifications"),
    ),
    _told("notify_invoices", _("Invoices and payments")),
    _told("notify_orders", _("Orders")),
    _told("notify_tickets", _("Tickets")),
    _told("notify_appointments", _("Appointments")),
    _told("notify_greetings", _("Greetings")),
    _told("notify_campaigns", _("Campaigns")),
    _preference(
        "client_login",
        _("Client login"),
        kinds.YesNo(),
        help=_("Whether they may sign in to the client portal."),
        aliases=("Enable Client Login",),
    ),
    _preference(
        "client_username",
        _("Username"),
        kinds.Text(150),
        personal=True,
        aliases=("User Name", "Client Username", "Login"),
    ),
)
