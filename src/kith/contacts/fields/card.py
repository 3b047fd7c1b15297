"""The business card: who they are."""

from django.utils.translation import gettext_lazy as _

from kith.contacts.fields.sections import CARD, PERSON
from kith.contacts.keys import name_key
from kith.contacts.models import ContactKind
from kith.contacts.services.companies import load_company, set_companies
from kith.core import kinds
from kith.core.fields import Elsewhere, Field, Own
from kith.core.kinds.stored import Flag
from kith.reference.models import List

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
        aliases=("Full Name", "Contact Name", "Display Name", "Customer Name"),
    ),
    Field(
        "given_name",
        _("Given name"),
        kinds.Text(200),
        CARD,
        derived=True,
        personal=True,
        for_kinds=PERSON,
        aliases=("First Name", "Forename"),
    ),
    Field(
        "family_name",
        _("Family name"),
        kinds.Text(200),
        CARD,
        derived=True,
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
        aliases=(
            "Organization Name",
            "Organization 1 - Name",
            "Company",
            "Company Name",
            "Organisation",
            "Organization",
            "Account Name",
            "Employer Name",
        ),
    ),
    Field(
        "designation",
        _("Designation"),
        kinds.Choice(List.DESIGNATION, grow=True),
        CARD,
        Own("designation_id"),
        column=True,
        for_kinds=PERSON,
        aliases=("Job Title", "Position", "Role", "Organization Title", "Organization 1 - Title"),
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
        kinds.Audience(),
        CARD,
        Own("reach_id"),
        filter=True,
        aliases=("Accessibility", "Visible To", "Privacy"),
    ),
    Field("is_prospect", _("Prospect"), Flag(), CARD, system=True),
)
