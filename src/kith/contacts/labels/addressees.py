"""Whom a letter goes to, and what is written on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from kith.contacts.context import options_of, reading_context
from kith.contacts.models import Contact, ContactKind, Site
from kith.contacts.queries import primary_companies
from kith.core.kinds.kind import Context
from kith.core.postal import address_lines

AT_ONCE = 1_000
WHERE = ("address1", "address2", "area", "city", "district", "postal_code", "state", "country")
REACHED_BY = ("address1", "address2", "area", "city", "postal_code")
"""One of these is needed for the post to find anybody."""


@dataclass(frozen=True)
class Addressee:
    id: int
    name: str
    country: str
    lines: Sequence[str]
    """None where there is no address."""


def addressees(user: Any, contacts: QuerySet[Contact], ids: Iterable[int]) -> list[Addressee]:
    """Those of `contacts` that the ids name, in the order of the ids."""
    context = reading_context(reader=user)
    found: list[Addressee] = []
    iterator = iter(ids)
    while portion := list(islice(iterator, AT_ONCE)):
        found += _portion(user, contacts, portion, context)
    return found


def _portion(
    user: Any, contacts: QuerySet[Contact], ids: Sequence[int], context: Context
) -> list[Addressee]:
    rows = contacts.filter(pk__in=ids).values("pk", "name", "kind", "salutation_id")
    known = {row["pk"]: row for row in rows}
    sites = Site.objects.filter(contact__in=list(known), is_main=True)
    held = {
        row.pop("contact_id"): row for row in sites.values("contact_id", "concerned_person", *WHERE)
    }
    people = [pk for pk, row in known.items() if row["kind"] == ContactKind.PERSON]
    firms = {pk: name for pk, (_link, _id, name) in primary_companies(people, user).items()}
    return [
        _addressee(known[pk], held.get(pk, {}), firms.get(pk, ""), context)
        for pk in ids
        if pk in known
    ]


def _addressee(
    row: Mapping[str, Any], site: Mapping[str, Any], firm: str, context: Context
) -> Addressee:
    lines: list[str] = []
    if any(site.get(each) for each in REACHED_BY):
        home = context.default_country
        names = _names(row, site.get("concerned_person", ""), firm, context)
        lines = address_lines(site, home=home, names=names)
        if (site["country"] or home) != home:
            lines[-1] = lines[-1].upper()  # As the Universal Postal Union wants a country.
    return Addressee(row["pk"], row["name"], site.get("country", ""), lines)


def _names(row: Mapping[str, Any], concerned: str, firm: str, context: Context) -> list[str]:
    """The concerned person stands for the contact; a company's own name follows it."""
    entry = options_of(context).get(row["salutation_id"])
    own = f"{entry.name} {row['name']}" if entry else row["name"]
    if row["kind"] == ContactKind.COMPANY:
        return [concerned, own] if concerned else [own]
    return [concerned or own, firm] if firm else [concerned or own]
