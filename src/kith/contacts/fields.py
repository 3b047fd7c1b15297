"""Everything that can be known of a contact, declared once and in the order it is shown."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.contacts.keys import channel_key, name_key
from kith.contacts.models import Accessibility, ContactKind
from kith.contacts.queries import company_names
from kith.contacts.services.companies import load_company, set_companies
from kith.core import kinds
from kith.core.fields import Below, Beside, BesideTable, Elsewhere, Field, Own
from kith.core.kinds.kind import Kind
from kith.core.kinds.stored import Moment, Stored
from kith.core.text import fold
from kith.reference.models import List

CARD, REACH, ADDRESS, MORE = "card", "reach", "address", "more"
SECTIONS = (
    (CARD, _("Business card")),
    (REACH, _("Reach")),
    (ADDRESS, _("Main site")),
    (MORE, _("More")),
)
PERSON = (ContactKind.PERSON.value,)

MAIN_SITE = BesideTable("contacts.Site", "contact_id", (("is_main", True),))

CARD_FIELDS = (
    Field("code", _("Code"), kinds.Text(20), CARD, system=True, search=3, column=True),
    Field(
        "kind",
        _("Kind"),
        kinds.Enum(
            (
                (ContactKind.PERSON.value, _("Person"), ("Individual", "Contact")),
                (ContactKind.COMPANY.value, _("Company"), ("Organisation", "Organization")),
            )
        ),
        CARD,
        filter=True,
        aliases=("Kind", "Record Type"),
    ),
    Field(
        "salutation",
        _("Salutation"),
        kinds.Choice(List.SALUTATION, grow=True),
        CARD,
        Own("salutation_id"),
        aliases=("Title", "Prefix", "Name Prefix", "Salutation"),
    ),
    Field(
        "name",
        _("Name"),
        kinds.Name(200),
        CARD,
        Own(also=(("sort_name", name_key),)),
        column=True,
        sort="sort_name",
        search=5,
        personal=True,
        aliases=("Full Name", "Contact Name", "Display Name", "Customer Name", "Company Name"),
    ),
    Field(
        "given_name",
        _("Given name"),
        kinds.Text(200),
        CARD,
        personal=True,
        for_kinds=PERSON,
        aliases=("First Name", "Forename"),
    ),
    Field(
        "family_name",
        _("Family name"),
        kinds.Text(200),
        CARD,
        personal=True,
        for_kinds=PERSON,
        aliases=("Last Name", "Surname"),
    ),
    Field(
        "company",
        _("Company"),
        kinds.Name(200),
        CARD,
        Elsewhere(load_company, set_companies),
        column=True,
        for_kinds=PERSON,
        aliases=("Company", "Organisation", "Organization", "Account Name", "Employer Name"),
    ),
    Field(
        "designation",
        _("Designation"),
        kinds.Choice(List.DESIGNATION, grow=True),
        CARD,
        Own("designation_id"),
        column=True,
        for_kinds=PERSON,
        aliases=("Job Title", "Position", "Role"),
    ),
    Field(
        "contact_type",
        _("Type"),
        kinds.Choice(List.CONTACT_TYPE, grow=False),
        CARD,
        Own("contact_type_id"),
        column=True,
        filter=True,
        aliases=("Type Of Contact", "Contact Type", "Type"),
    ),
    Field(
        "manager",
        _("Account manager"),
        kinds.User(),
        CARD,
        Own("manager_id"),
        column=True,
        filter=True,
        aliases=("Key Account Manager", "Account Manager", "Manager", "Assigned To"),
    ),
    Field(
        "accessibility",
        _("Visible to"),
        kinds.Enum(
            (
                (Accessibility.ALL.value, _("All users"), ("Public", "Everyone")),
                (Accessibility.ME.value, _("Only me"), ("Private",)),
            )
        ),
        CARD,
        aliases=("Accessibility", "Visible To"),
    ),
    Field("owner", _("Owner"), Stored(), CARD, Own("owner_id"), system=True),
)


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
        ),
    ),
    _channel(
        "office_phone",
        _("Office phone"),
        kinds.Phone(),
        search=3,
        aliases=("Office Phone", "Office Phone1", "Work Phone", "Business Phone"),
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
        aliases=("Email Address", "Email", "E-mail Address", "Mail", "E-mail 1 - Value"),
    ),
    _channel(
        "website",
        _("Website"),
        kinds.Url(),
        search=1,
        aliases=("Web", "Web Site", "Homepage", "URL", "Website"),
    ),
    _channel("skype", _("Skype"), kinds.Social("skype"), aliases=("Skype ID",)),
    _channel("linkedin", _("LinkedIn"), kinds.Social("linkedin")),
    _channel("instagram", _("Instagram"), kinds.Social("instagram")),
    _channel("facebook", _("Facebook"), kinds.Social("facebook")),
    _channel("youtube", _("YouTube"), kinds.Social("youtube")),
    _channel("twitter", _("X (Twitter)"), kinds.Social("twitter"), aliases=("Twitter", "X")),
)


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
        aliases=("Address 1", "Address", "Street", "Address Line1"),
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
        aliases=("Town", "City"),
    ),
    _site("district", _("District"), kinds.Text(100), aliases=("District", "County")),
    _site(
        "postal_code",
        _("Postal code"),
        kinds.PostalCode(20),
        aliases=("Zip / Pin Code", "Zip", "Zip Code", "Pincode", "PIN Code", "Postcode"),
    ),
    _site(
        "country",
        _("Country"),
        kinds.Country(),
        aliases=("Country", "Country/Region"),
    ),
    _site(
        "state",
        _("State"),
        kinds.State(),
        aliases=("State", "Province", "Region", "State / Province"),
    ),
)


def _labels(name: str, label: Any, list_name: str, **more: Any) -> Field:
    storage = Below("contacts.Label", "contact_id", ("option_id",), kind=name, ordered=False)
    return Field(name, label, kinds.Choices(list_name, grow=True), MORE, storage, **more)


MORE_FIELDS = (
    _labels("tags", _("Tags"), List.TAG, column=True, filter=True, aliases=("Tag", "Labels")),
    _labels(
        "categories",
        _("Categories"),
        List.CATEGORY,
        aliases=("Category", "Category / Group", "Group"),
    ),
    Field(
        "aliases",
        _("Also known as"),
        kinds.Texts(200),
        MORE,
        Below("contacts.Alias", "contact_id", ("name",)),
        search=4,
        personal=True,
        aliases=("Alias Names", "Alias", "Nickname", "Alias Name"),
    ),
    Field("priority", _("Priority"), kinds.Stars(), MORE, column=True, aliases=("Rating", "Stars")),
    Field(
        "temperature",
        _("Temperature"),
        kinds.Choice(List.TEMPERATURE, grow=False),
        MORE,
        Own("temperature_id"),
        column=True,
        aliases=("Temperature Level",),
    ),
    Field("important", _("Important"), kinds.YesNo(), MORE),
    Field(
        "industry", _("Industry"), kinds.Choice(List.INDUSTRY, grow=True), MORE, Own("industry_id")
    ),
    Field(
        "reference",
        _("Reference"),
        kinds.Choice(List.REFERENCE, grow=True),
        MORE,
        Own("reference_id"),
        help=_("How you know them."),
        aliases=("Lead Source", "Source"),
    ),
    Field(
        "birth_date",
        _("Date of birth"),
        kinds.Date(),
        MORE,
        personal=True,
        for_kinds=PERSON,
        aliases=("Date Of Birth", "Birthday", "DOB"),
    ),
    Field(
        "anniversary",
        _("Anniversary"),
        kinds.Date(),
        MORE,
        personal=True,
        aliases=("Anniversary Date", "Date of Anniversary"),
    ),
    Field(
        "death_date",
        _("Date of death"),
        kinds.Date(),
        MORE,
        personal=True,
        for_kinds=PERSON,
        aliases=("Date Of Death",),
    ),
    Field(
        "gender",
        _("Gender"),
        kinds.Enum(
            (
                ("male", _("Male"), ("1", "M")),
                ("female", _("Female"), ("2", "F")),
                ("other", _("Other"), ("3", "O", "Non-binary")),
            )
        ),
        MORE,
        personal=True,
        for_kinds=PERSON,
        aliases=("Sex",),
    ),
    Field(
        "business_type",
        _("Business contact type"),
        kinds.Enum(
            (
                ("partner", _("Partner"), ("1",)),
                ("end_user", _("End user"), ("2", "End User")),
            )
        ),
        MORE,
        aliases=("Business Contact Type",),
    ),
    Field("annual_revenue", _("Annual revenue"), kinds.Money(18, 2), MORE),
    Field(
        "remarks",
        _("Remarks"),
        kinds.LongText(10_000),
        MORE,
        personal=True,
        aliases=("Notes", "Comments", "Description", "Remark"),
    ),
    Field("trashed_at", _("In the trash since"), Moment(), MORE, system=True),
    Field(
        "created_at",
        _("Created"),
        Moment(),
        MORE,
        system=True,
        filter=True,
        column=True,
        sort="created_at",
    ),
)

SHEET_FIELDS = (
    Field(
        "companies",
        _("Companies"),
        kinds.Texts(200),
        "links",
        Elsewhere(company_names),
        search=2,
        system=True,
    ),
    Field(
        "relation",
        _("Relation"),
        kinds.Choice(List.RELATION, grow=True),
        "links",
        Elsewhere(lambda ids: {}),
        sheet_only=True,
    ),
    Field(
        "relation_to",
        _("Relation to"),
        kinds.Text(200),
        "links",
        Elsewhere(lambda ids: {}),
        sheet_only=True,
        aliases=("Relation To", "Related Contact"),
    ),
)

FIELDS = (*CARD_FIELDS, *REACH_FIELDS, *ADDRESS_FIELDS, *MORE_FIELDS, *SHEET_FIELDS)
