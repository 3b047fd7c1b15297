"""Where they are: the main site, which every contact has, and what further sites hold."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.contacts.fields.sections import ADDRESS
from kith.core import kinds
from kith.core.fields import Beside, BesideTable, Field, Own
from kith.core.kinds.kind import Kind
from kith.core.text import fold
from kith.reference.models import List

MAIN_SITE = BesideTable("contacts.Site", "contact_id", (("is_main", True),))


def _folded_city(city: Any) -> str:
    return fold(city or "")[:200]


def _site(
    name: str,
    label: Any,
    kind: Kind,
    held_in: str = "",
    also: tuple[tuple[str, Callable[[Any], Any]], ...] = (),
    **more: Any,
) -> Field:
    return Field(name, label, kind, ADDRESS, Beside(MAIN_SITE, held_in, also), **more)


ADDRESS_FIELDS = (
    _site("site_name", _("Site"), kinds.Name(100), "name", aliases=("Site Name",)),
    _site(
        "site_type",
        _("Type of address"),
        kinds.Choice(List.SITE_TYPE, grow=True),
        "site_type_id",
        aliases=("Type Of Address", "Address Type"),
    ),
    _site(
        "concerned_person",
        _("Concerned person"),
        kinds.Text(200),
        personal=True,
        help=_("Printed on labels and envelopes; the contact itself unless you name another."),
    ),
    _site(
        "address1",
        _("Address line 1"),
        kinds.Text(200),
        personal=True,
        aliases=(
            "Address 1",
            "Address",
            "Street",
            "Address Line1",
            "Business Street",
            "Home Street",
            "Home Address",
            "Address 1 - Street",
        ),
    ),
    _site(
        "address2",
        _("Address line 2"),
        kinds.Text(200),
        personal=True,
        aliases=("Address 2", "Street 2", "Address Line2"),
    ),
    _site("area", _("Area"), kinds.Text(100), aliases=("Locality", "Neighbourhood")),
    _site(
        "city",
        _("City"),
        kinds.Text(100),
        also=(("city_folded", _folded_city),),
        column=True,
        search=1,
        aliases=("Town", "City", "Business City", "Home City", "Address 1 - City"),
    ),
    _site("district", _("District"), kinds.Text(100), aliases=("District", "County")),
    _site(
        "postal_code",
        _("Postal code"),
        kinds.PostalCode(20),
        aliases=(
            "Zip / Pin Code",
            "Zip",
            "Zip Code",
            "Pincode",
            "PIN Code",
            "Postcode",
            "Business Postal Code",
            "Home Postal Code",
            "Home ZipCode",
            "Address 1 - Postal Code",
        ),
    ),
    _site(
        "country",
        _("Country"),
        kinds.Country(),
        aliases=(
            "Country",
            "Country/Region",
            "Business Country/Region",
            "Home Country",
            "Address 1 - Country",
        ),
    ),
    _site(
        "state",
        _("State"),
        kinds.State(),
        aliases=(
            "State",
            "Province",
            "Region",
            "State / Province",
            "Business State",
            "Home State",
            "Address 1 - Region",
        ),
    ),
    _site(
        "site_phone",
        _("Site phone"),
        kinds.OnePhone(),
        "phone",
        search=3,
        aliases=("Site Phone", "Address Phone", "Switchboard", "Reception"),
    ),
    _site(
        "site_time_zone",
        _("Site time zone"),
        kinds.TimeZone(),
        "time_zone",
        help=_("For the local time; without it, the one of the city or the country counts."),
        aliases=("Site Time Zone", "Site Timezone"),
    ),
    _site(
        "position",
        _("Position on the map"),
        kinds.Position(),
        personal=True,
        help=_("Latitude and longitude, or the link of a map."),
        aliases=(
            "Coordinates",
            "Geo Position",
            "Lat/Long",
            "Latitude, Longitude",
            "Map Link",
        ),
    ),
)


def _of_a_site(field: Field) -> Field:
    """The same, as a value of a site that is a record of its own."""
    assert isinstance(field.storage, Beside)
    own = Own(field.storage.column, field.storage.also)
    return replace(field, section="", storage=own, column=False, search=0)


SITE_FIELDS = tuple(_of_a_site(each) for each in ADDRESS_FIELDS)
"""What the sites beside the main one hold, under the same names."""
