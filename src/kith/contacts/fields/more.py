"""Everything else that is known of a contact, and what only searches look at."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.contacts.fields.origin import ORIGIN_FIELDS
from kith.contacts.fields.sections import LINKS, MORE, PERSON
from kith.contacts.queries import company_names, site_words
from kith.core import kinds
from kith.core.fields import Below, Elsewhere, Field, Own
from kith.core.kinds.stored import Moment, Picture
from kith.reference.models import List


def _labels(name: str, label: Any, list_name: str, **more: Any) -> Field:
    storage = Below("contacts.Label", "contact_id", ("option_id",), kind=name, ordered=False)
    return Field(name, label, kinds.Choices(list_name, grow=True), MORE, storage, **more)


MORE_FIELDS = (
    _labels(
        "tags",
        _("Tags"),
        List.TAG,
        column=True,
        filter=True,
        search=1,
        aliases=("Tag", "Labels"),
    ),
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
    Field(
        "divisions",
        _("Divisions"),
        kinds.Groups("division"),
        MORE,
        Below("contacts.ContactDivision", "contact_id", ("division_id",), ordered=False),
        aliases=("Division", "Business Division", "Business Divisions"),
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
        "segment",
        _("Industry segment"),
        kinds.Choice(List.SEGMENT, grow=True),
        MORE,
        Own("segment_id"),
        aliases=("Segment", "Sub-industry"),
    ),
    *ORIGIN_FIELDS,
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
    Field(
        "picture",
        _("Picture"),
        Picture(),
        MORE,
        system=True,
        personal=True,
        aliases=("Photo of the card",),
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

SEARCHED_FIELDS = (
    Field(
        "companies",
        _("Companies"),
        kinds.Texts(200),
        LINKS,
        Elsewhere(company_names),
        search=2,
        system=True,
    ),
    Field(
        "site_words",
        _("Sites"),
        kinds.Texts(200),
        LINKS,
        Elsewhere(lambda ids, viewer: site_words(ids)),
        search=1,
        system=True,
    ),
)
