"""Options as records, so that one made by an import is in its history and goes with its undo."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.accounts.permissions import Permission
from kith.core import clock
from kith.core.fields import Below, Field, Own
from kith.core.kinds.audience import EVERYONE
from kith.core.kinds.places import Country, State
from kith.core.kinds.stored import Flag, Json, Moment, Rows, Stored
from kith.core.kinds.texts import Text
from kith.core.kinds.zones import TimeZone
from kith.core.record_types import RecordType, Values
from kith.reference import company
from kith.reference.models import City, CompanySettings, NumberSeries, Option, folded_name
from kith.reference.queries import names_of
from kith.reference.services.renaming import options_changed


def _defaults(actor: Any, pk: int) -> Values:
    return {
        "created_at": clock.now().isoformat(),
        "archived": False,
        "position": 0,
        "attributes": {},
        "reach": EVERYONE,
    }


def _folded(name: Any) -> str:
    return folded_name(name or "")


CITY = RecordType(
    name="city",
    label=_("City"),
    label_plural=_("Cities"),
    model=City,
    permissions={"change": Permission.REFERENCE_MANAGE},
    fields=(
        Field("name", _("Name"), Text(max_length=100), storage=Own(also=(("folded", _folded),))),
        Field("country", _("Country"), Country()),
        Field("state", _("State"), State()),
        Field("people", _("Inhabitants"), Stored()),
        Field("time_zone", _("Time zone"), TimeZone()),
        Field(
            "names",
            _("Other names"),
            Rows(),
            storage=Below(
                "reference.CityName",
                "city_id",
                ("name", "merged"),
                ordered=False,
                also=(("folded", lambda item: _folded(item["name"])),),
            ),
        ),
        Field("created_at", _("Created"), Moment(), system=True),
    ),
    visible_to=lambda user: City.objects.all(),
    defaults=lambda actor, pk: {"people": 0},
)


OPTION = RecordType(
    name="option",
    label=_("Option"),
    label_plural=_("Options"),
    model=Option,
    permissions={"change": Permission.REFERENCE_MANAGE},
    fields=(
        Field("list_name", _("List"), Stored()),
        Field("name", _("Name"), Text(max_length=100), storage=Own(also=(("folded", _folded),))),
        Field("position", _("Order"), Stored()),
        Field("attributes", _("Attributes"), Json()),
        Field("archived", _("Archived"), Stored()),
        Field("reach", _("Offered to"), Stored(), storage=Own("reach_id")),
        Field("same_as", _("Same as"), Stored(), storage=Own("same_as_id")),
        Field("created_at", _("Created"), Moment(), system=True),
    ),
    visible_to=lambda user: Option.objects.all(),
    label_of=names_of,
    defaults=_defaults,
    changed=options_changed,
)

COMPANY = RecordType(
    name="company",
    label=_("Company settings"),
    label_plural=_("Company settings"),
    model=CompanySettings,
    # Who may add to a list is set among the lists, by who keeps these.
    permissions={
        "create": Permission.SETTINGS_MANAGE,
        "change": Permission.SETTINGS_MANAGE,
        "change:growing": Permission.REFERENCE_MANAGE,
    },
    fields=(
        Field("name", _("Name"), Text(max_length=120)),
        Field("logo", _("Logo"), Text(max_length=64)),
        Field("country", _("Country"), Text(max_length=2)),
        Field("currency", _("Currency"), Text(max_length=3)),
        Field("time_zone", _("Time zone"), Text(max_length=64)),
        Field("date_format", _("Dates"), Text(max_length=12)),
        Field("number_format", _("Numbers"), Text(max_length=12)),
        Field("first_weekday", _("The week begins on"), Stored()),
        Field("growing", _("Who may add to lists"), Json()),
        Field("holds_hidden", _("Rows that are hidden contacts"), Flag()),
        Field("created_at", _("Created"), Moment(), system=True),
    ),
    visible_to=lambda user: CompanySettings.objects.all(),
    forget=company.forget,
    defaults=lambda actor, pk: {"created_at": clock.now().isoformat(), "growing": {}},
)

SERIES = RecordType(
    name="number_series",
    label=_("Numbers"),
    label_plural=_("Numbers"),
    model=NumberSeries,
    permissions=dict.fromkeys(("create", "change"), Permission.SETTINGS_MANAGE),
    fields=(
        Field("name", _("Name"), Text(max_length=32)),
        Field("prefix", _("Begins with"), Text(max_length=20)),
        Field("digits", _("Digits"), Stored()),
        Field("next_number", _("Next number"), Stored()),
        Field("created_at", _("Created"), Moment(), system=True),
    ),
    visible_to=lambda user: NumberSeries.objects.all(),
    defaults=lambda actor, pk: {"created_at": clock.now().isoformat()},
)
