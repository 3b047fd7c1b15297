"""What the state knows them by: official numbers, and their standing under GST."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.contacts.fields.sections import COMPANY, PERSON, STATUTORY
from kith.core import kinds
from kith.core.fields import Below, Beside, BesideTable, Field

Also = tuple[tuple[str, Callable[[Any], Any]], ...]
STANDING = BesideTable("contacts.Statutory", "contact_id", optional=True)
SEARCHED = 2


def identifier(name: str, label: Any, scheme: str, section: str = STATUTORY, **more: Any) -> Field:
    """A row of contacts.Identifier whose kind is the field's name."""
    storage = Below(
        "contacts.Identifier",
        "contact_id",
        ("value", "verified"),
        kind=name,
        ordered=False,
        single=True,
        also=(("key", kinds.identifier_key),),
    )
    more = {"personal": True, **more}
    return Field(name, label, kinds.Identifier(scheme), section, storage, **more)


def _standing(name: str, label: Any, kind: kinds.Kind, also: Also = (), **more: Any) -> Field:
    return Field(name, label, kind, STATUTORY, Beside(STANDING, also=also), **more)


STATUTORY_FIELDS = (
    identifier(
        "pan",
        _("PAN"),
        "pan",
        search=SEARCHED,
        aliases=("PAN Number", "PAN No", "Permanent Account Number", "Income Tax PAN"),
    ),
    _standing(
        "aadhaar",
        _("Aadhaar"),
        kinds.Sealed(kinds.Identifier("aadhaar")),
        also=(("aadhaar_digest", kinds.digest_of),),
        sensitive=True,
        personal=True,
        for_kinds=PERSON,
        aliases=("Adhar Number", "Aadhar Number", "Aadhaar Number", "Aadhar", "UID"),
    ),
    _standing(
        "vid",
        _("Aadhaar virtual ID"),
        kinds.Sealed(kinds.Identifier("vid")),
        sensitive=True,
        personal=True,
        for_kinds=PERSON,
        aliases=("VID", "Virtual ID"),
    ),
    _standing(
        "gst_type",
        _("GST registration type"),
        kinds.Enum(
            (
                ("regular", _("Regular"), ("1",)),
                ("consumer", _("Consumer"), ("2",)),
                ("composition", _("Composition"), ("3",)),
                ("unregistered", _("Unregistered"), ("4",)),
            )
        ),
        aliases=("GST Register Type", "GST Registration", "GST Reg Type"),
    ),
    identifier(
        "gstin",
        _("GST / ARN number"),
        "gst",
        search=SEARCHED,
        aliases=("GST Number", "GSTIN", "GST No", "GSTIN / UIN", "ARN", "GST", "UIN"),
    ),
    _standing(
        "gst_member_type",
        _("GST member type"),
        kinds.Enum(
            (
                ("deemed_export", _("Deemed export"), ("D",)),
                ("government", _("Government entity"), ("G", "Government")),
                ("sez", _("SEZ"), ("S", "Special Economic Zone")),
            )
        ),
        aliases=("GST Member",),
    ),
    _standing(
        "sez_type",
        _("SEZ type"),
        kinds.Enum(
            (
                ("unit", _("SEZ unit"), ("Unit", "1")),
                ("developer", _("SEZ developer"), ("Developer", "2")),
                ("co_developer", _("SEZ co-developer"), ("Co-developer", "3")),
            )
        ),
    ),
    identifier(
        "cin",
        _("CIN"),
        "cin",
        search=SEARCHED,
        for_kinds=COMPANY,
        aliases=("CIN Number", "Corporate Identification Number"),
    ),
    identifier(
        "llpin", _("LLPIN"), "llpin", search=SEARCHED, for_kinds=COMPANY, aliases=("LLPIN Number",)
    ),
    identifier("tan", _("TAN"), "tan", search=SEARCHED, aliases=("TAN Number", "TAN No")),
    _standing(
        "tds_applicable",
        _("TDS applies"),
        kinds.YesNo(),
        help=_("Whether tax is deducted at source from what they are paid."),
        aliases=("TDS Applicability", "TDS Applicable", "TDS"),
    ),
    identifier(
        "transporter_id",
        _("Transporter ID"),
        "transporter",
        search=SEARCHED,
        aliases=("Transporter ID", "TRANSIN"),
    ),
    identifier(
        "vat_number",
        _("VAT number"),
        "vat",
        search=SEARCHED,
        help=_("Checked by the rules of the country of the main site."),
        aliases=("VAT Number", "VAT No", "VAT ID", "Tax Number", "Tax ID", "TIN"),
    ),
    identifier(
        "register_number",
        _("Registration number"),
        "register",
        search=SEARCHED,
        for_kinds=COMPANY,
        help=_("In the country's register of companies, like a Norwegian organisation number."),
        aliases=(
            "Organisation Number",
            "Organization Number",
            "Org Number",
            "Orgnr",
            "Company Number",
            "Company Registration Number",
            "MST",
        ),
    ),
    identifier("cst_number", _("CST number"), "text", search=SEARCHED, aliases=("CST No",)),
    identifier(
        "st_number",
        _("ST number"),
        "text",
        search=SEARCHED,
        aliases=("ST No", "Service Tax Number"),
    ),
)
