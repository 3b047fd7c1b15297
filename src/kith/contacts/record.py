"""Contacts and links as record types: what the write door and its companions need of them."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.accounts.permissions import Permission
from kith.contacts.audience import make_missing_audiences, reaches_of
from kith.contacts.book import Contacts
from kith.contacts.doubts import doubts
from kith.contacts.fields import FIELDS, SECTIONS, SHEET_FIELDS
from kith.contacts.fields.address import SITE_FIELDS
from kith.contacts.fields.sections import MORE
from kith.contacts.headings import HEADINGS
from kith.contacts.matching import MATCHERS
from kith.contacts.models import Contact, ContactDocument, ContactKind, Link, Site
from kith.contacts.queries import (
    further_sites_visible_to,
    in_reach,
    linked_to,
    links_visible_to,
    names_of,
    visible_to,
)
from kith.contacts.rows import EXAMPLE, read_row
from kith.contacts.services.relations import connect
from kith.contacts.services.segments import attach_segments, new_segments
from kith.contacts.settling import settle
from kith.contacts.vcards import FIELDS as VCARD_FIELDS
from kith.contacts.vcards import vcard_of
from kith.core import kinds
from kith.core.errors import Problem
from kith.core.fields import Field, KeyTable, Own, Within
from kith.core.kinds.audience import EVERYONE
from kith.core.kinds.stored import Moment, Stored
from kith.core.record_types import RecordType, Values
from kith.records.door import Changes
from kith.records.tables import load_states
from kith.reference.keeping import keep_cities
from kith.reference.models import List
from kith.reference.numbering import CUSTOMER, VENDOR, pass_numbers
from kith.reference.services.growing import make_missing_options


def code_of(pk: int) -> str:
    """Codes follow the primary key, which no other contact ever had or will have."""
    return f"C-{pk:06d}"


def prospect_code_of(pk: int) -> str:
    return f"P-{pk:06d}"


def _complete(pk: int, values: Values) -> Values:
    if values.get("is_prospect"):
        values["code"] = prospect_code_of(pk)
    return values


def _contact_defaults(actor: Any, pk: int) -> Values:
    return {
        "code": code_of(pk),
        "kind": ContactKind.PERSON.value,
        "accessibility": EVERYONE,
        "site_name": "main",
        "important": False,
    }


def _prepare_contacts(changes: Changes, states: Sequence[Values]) -> None:
    make_missing_audiences(changes.actor, states)
    fresh, targets = new_segments(states), changes.targets
    make_missing_options(changes, CONTACT.fields, states, lambda: reaches_of(targets, states))
    _keep_cities(changes, CONTACT, targets, states)
    for series in (CUSTOMER, VENDOR):
        if numbers := [each[name] for each in states if each.get(name := f"{series}_number")]:
            pass_numbers(series, numbers)
    if fresh:
        attach_segments(changes, fresh)


def _keep_cities(
    changes: Changes,
    record_type: RecordType,
    targets: Sequence[int | None],
    states: Sequence[Values],
) -> None:
    """A city that is set alone lies in the country that stands there."""
    named = [(pk, each) for pk, each in zip(targets, states, strict=True) if each.get("city")]
    alone = [pk for pk, each in named if pk and "country" not in each]
    where = [record_type.field(name) for name in ("country", "state")]
    stood = load_states(record_type, alone, where) if alone else {}
    places = [stood.get(pk or 0, {}) | each for pk, each in named]
    keep_cities(changes, places)
    for (_pk, each), place in zip(named, places, strict=True):
        each["city"] = place["city"]


def _stale_documents(ids: Sequence[int]) -> set[int]:
    return {*ids, *linked_to(ids)}


CUSTOM = Within("custom", KeyTable("contacts.CustomKey", "contact_id"))

CONTACT = RecordType(
    name="contact",
    label=_("Contact"),
    label_plural=_("Contacts"),
    model=Contact,
    fields=FIELDS,
    visible_to=visible_to,
    in_reach=in_reach,
    settle=settle,
    prepare=_prepare_contacts,
    documents=ContactDocument,
    indexed=_stale_documents,
    shown_elsewhere=("name", "kind", "accessibility", "trashed_at"),
    read_row=read_row,
    sheet_fields=SHEET_FIELDS,
    later=("sites", "company", "site_at", "links", "relation", "relation_to"),
    connect=connect,
    foretold={"company": "companies"},
    label_of=names_of,
    sections=SECTIONS,
    page="contacts:card",
    defaults=_contact_defaults,
    complete=_complete,
    matchers=MATCHERS,
    doubts=doubts,
    found_by=("code",),
    carried=("picture",),
    dated_by="changed_at",
    vcard=vcard_of,
    vcard_fields=VCARD_FIELDS,
    headings=HEADINGS,
    code_of=code_of,
    permissions={
        "edit": Permission.CONTACT_EDIT,
        "import": Permission.CONTACT_IMPORT,
        "export": Permission.CONTACT_EXPORT,
    },
    needed=("name",),
    named_by=("name", "given_name", "family_name", "company"),
    example=EXAMPLE,
    custom=CUSTOM,
    custom_section=MORE,
    fixed=("kind", "name", "given_name", "family_name", "accessibility"),
    type_field="contact_type",
    amounts_in="currency",
    book=Contacts,
)


def _link_defaults(actor: Any, pk: int) -> Values:
    return {"is_primary": False}


def _prepare_links(changes: Changes, states: Sequence[Values]) -> None:
    make_missing_options(changes, LINK.fields, states)


LINK = RecordType(
    name="link",
    label=_("Link"),
    label_plural=_("Links"),
    model=Link,
    fields=(
        Field("contact", _("Contact"), Stored(), storage=Own("contact_id")),
        Field("other", _("Linked to"), Stored(), storage=Own("other_id"), required=True),
        Field(
            "relation",
            _("Relation"),
            kinds.Choice(List.RELATION, grow=True),
            storage=Own("relation_id"),
            required=True,
        ),
        Field("site", _("Site"), Stored(), storage=Own("site_id")),
        Field("job_title", _("Job title"), kinds.Text(100)),
        Field("is_primary", _("Primary"), Stored()),
        Field("from_date", _("From"), kinds.Date()),
        Field("to_date", _("To"), kinds.Date()),
        Field("created_at", _("Created"), Moment(), system=True),
    ),
    visible_to=links_visible_to,
    subject_type="contact",
    subjects=("contact", "other"),
    prepare=_prepare_links,
    shown_in="contact",
    defaults=_link_defaults,
)


def _prepare_sites(changes: Changes, states: Sequence[Values]) -> None:
    targets = changes.targets
    make_missing_options(changes, SITE.fields, states)
    _keep_cities(changes, SITE, targets, states)


def _settle_site(before: Values, values: Values) -> tuple[Values, list[Problem]]:
    if (before | values).get("site_name"):
        return values, []
    message = _("Give the site a name: Factory, Pune office.")
    return values, [Problem("site_name", "required", message, None)]


SITE = RecordType(
    name="site",
    label=_("Site"),
    label_plural=_("Sites"),
    model=Site,
    fields=(
        Field("contact", _("Contact"), Stored(), storage=Own("contact_id")),
        *SITE_FIELDS,
        Field("created_at", _("Created"), Moment(), system=True),
    ),
    visible_to=further_sites_visible_to,
    subject_type="contact",
    subjects=("contact",),
    settle=_settle_site,
    prepare=_prepare_sites,
    shown_in="contact",
)
"""The sites beside the main one; what that one holds are fields of the contact."""
