"""What only a sheet holds in columns of a contact: its further sites, where at its company
somebody sits, and links that are to be made."""

from collections.abc import Mapping
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kith.contacts.fields.address import SITE_FIELDS
from kith.contacts.fields.sections import LINKS, PERSON
from kith.contacts.rows import country_of
from kith.contacts.services.sheet_links import load_links, most_links
from kith.contacts.services.sheet_sites import MAIN, load_seats, load_sites, most_sites
from kith.core import kinds
from kith.core.fields import Elsewhere, Field
from kith.core.kinds.grouped import Item
from kith.core.kinds.kind import Context
from kith.core.text import fold
from kith.reference.models import List


class Seat(kinds.Name):
    """The name of a site at somebody's company. Where they sit without being told is no news."""

    def clean(self, raw: Any, context: Context) -> str | None:
        name = super().clean(raw, context)
        return None if name and fold(name) == MAIN else name


class Relation(kinds.Choice):
    """How two contacts belong together. A word that the list lacks may be meant for one it has, and
    links are looked for by it: that the list grows is said."""

    def __init__(self) -> None:
        super().__init__(List.RELATION, grow=True)

    def clean(self, raw: Any, context: Context) -> int | dict[str, str] | None:
        found = super().clean(raw, context)
        if isinstance(found, dict):
            message = _("“{name}” is a new relation: it will be added to the list.")
            context.warn("option-new", format_lazy(message, name=found["new"]), found["new"])
        return found


def _read_with(cells: Mapping[str, Any], context: Context) -> None:
    """A site may be in another country than the contact: its phone and state are read with it."""
    context.country = country_of(cells, context) or context.country


def _named(item: Item, context: Context) -> str:
    """A site that has no name goes by what it is, or by where."""
    kind = item.get("site_type")
    label = kind["new"] if isinstance(kind, dict) else ""
    if kind and not label and context.options:
        label = context.options.label(kind)
    return label or item.get("city") or item.get("address1") or str(_("Further site"))


SITES = kinds.Grouped(
    *SITE_FIELDS,
    key="site_name",
    first=2,
    usual=3,
    title=_("Site {number}"),
    short={
        "site_name": _("Name"),
        "site_type": _("Type"),
        "site_phone": _("Phone"),
        "site_time_zone": _("Time zone"),
    },
    words=("Site", "Address", "Branch", "Location", "Office"),
    begin=_read_with,
    name=_named,
    most=lambda contacts, viewer: most_sites(contacts),
)


class Links(kinds.Grouped):
    """Two contacts are linked once by each relation; without one, any of their links is meant."""

    def asked(self, item: Item) -> str:
        return f"{fold(item[self.key])}|{item.get('relation') or ''}"

    def known_as(self, item: Item) -> list[str]:
        names = [fold(each) for each in (item[self.key], *item.get("known_as", ()))]
        relations = (item.get("relation"), "")
        return [f"{name}|{relation}" for name in names for relation in relations]

    def identity(self, item: Item) -> Item:
        return {name: item[name] for name in ("link", self.key, "relation") if name in item}


LINKED = Links(
    Field("link_to", _("Linked to"), kinds.Text(300)),
    Field("relation", _("Relation"), Relation()),
    Field("job_title", _("Job title"), kinds.Text(100)),
    Field("from_date", _("From"), kinds.Date()),
    Field("to_date", _("Until"), kinds.Date()),
    Field("link_site", _("Site"), Seat(100)),
    key="link_to",
    first=1,
    usual=2,
    title=_("Link {number}"),
    short={"link_to": _("To"), "relation": _("Relation")},
    words=("Link",),
    begin=lambda cells, context: None,
    name=lambda item, context: None,
    most=most_links,
)

SHEET_FIELDS = (
    Field(
        "sites",
        _("Further sites"),
        SITES,
        LINKS,
        Elsewhere(lambda ids, viewer: load_sites(ids)),
    ),
    Field(
        "site_at",
        _("Site at company"),
        Seat(100),
        LINKS,
        Elsewhere(load_seats),
        for_kinds=PERSON,
        aliases=("Company Site", "Site at the company", "Branch at company", "User Site"),
    ),
    Field("links", _("Links"), LINKED, LINKS, Elsewhere(load_links)),
    Field("relation", _("Relation"), Relation(), LINKS, Elsewhere()),
    Field(
        "relation_to",
        _("Relation to"),
        kinds.Text(200),
        LINKS,
        Elsewhere(),
        aliases=("Relation To", "Related Contact"),
    ),
    Field(
        "changed_at",
        _("Last changed"),
        kinds.Instant(),
        LINKS,
        Elsewhere(),
        aliases=(
            "Last Modified",
            "Last Modified Date",
            "Modified Time",
            "Modified On",
            "Date Modified",
            "Last Updated",
            "Updated At",
            "Last Updated On",
        ),
    ),
)
