"""Contacts found while one types: to link to, and those that look like the one being entered."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from kith.contacts.keys import channel_key, name_key
from kith.contacts.matching import find_identifiers, identifier_keys
from kith.contacts.models import Channel, Contact, ContactDocument
from kith.contacts.queries import prospects_visible_to, shown_at, visible_to
from kith.core.kinds.channel import Channel as ChannelKind
from kith.core.record_types import RecordType, Values
from kith.search.engine import matching
from kith.search.query import read_query

MOST = 8
CANDIDATES = 60
Within = Callable[[Any], QuerySet[Contact]]
ALIKE = 86
"""Percent of likeness from which two names are shown as perhaps the same."""


@dataclass(frozen=True)
class Alike:
    """A contact that may be the one being entered, and why."""

    id: int
    name: str
    kind: str
    why: str

    @property
    def url(self) -> str:
        return reverse("contacts:card", args=[self.id])


def find_contacts(
    user: Any, text: str, limit: int = MOST, within: Within = visible_to
) -> Sequence[Contact]:
    """Those that the search box finds; those whose name begins so come first."""
    query = read_query(text)
    if not query:
        return []
    rows = within(user).filter(matching(ContactDocument, query))
    found = list(rows.order_by("sort_name", "pk")[:CANDIDATES])
    found.sort(key=lambda each: not each.sort_name.startswith(query.text))
    return found[:limit]


def alike(
    user: Any, record_type: RecordType, values: Values, why_name: str, why_same: str
) -> Sequence[Alike]:
    """At most a handful: first those with the same phone, e-mail or official number, then similar
    names."""
    found = {each.id: each for each in _same_channels(user, record_type, values, why_same)}
    for each in _same_numbers(user, record_type, values, why_same):
        found.setdefault(each.id, each)
    for name in filter(None, (values.get("name"), values.get("company"))):
        for each in _similar_names(user, name, why_name):
            found.setdefault(each.id, each)
    return list(found.values())[:5]


def _same_channels(user: Any, record_type: RecordType, values: Values, why: str) -> Sequence[Alike]:
    entries = [
        entry
        for name, value in values.items()
        if isinstance(record_type.field(name).kind, ChannelKind)
        for entry in value or []
    ]
    keys = [key for entry in entries if (key := channel_key(entry))]
    if not keys:
        return []
    rows = Channel.objects.filter(shown_at("contact__", user), key__in=keys)
    rows = rows.select_related("contact")
    return [
        _alike(row.contact, why % {"field": str(record_type.field(row.kind).label).lower()})
        for row in rows[:MOST]
    ]


def _same_numbers(user: Any, record_type: RecordType, values: Values, why: str) -> Sequence[Alike]:
    keys = {each.key: each.field for each in identifier_keys(values)}
    found = find_identifiers(user, list(keys)) if keys else {}
    contacts = visible_to(user).in_bulk({pk for ids in found.values() for pk in ids[:MOST]})
    return [
        _alike(contacts[pk], why % {"field": record_type.field(keys[key]).label})
        for key, ids in found.items()
        for pk in ids[:MOST]
        if pk in contacts
    ]


def _alike(contact: Contact, why: str) -> Alike:
    if contact.is_prospect:
        why = _("%(why)s; a prospect") % {"why": why}
    return Alike(contact.pk, contact.name, contact.kind, why)


def _similar_names(user: Any, name: str, why: str) -> Sequence[Alike]:
    key = name_key(name)
    words = sorted({word for word in key.split() if len(word) > 2}, key=len, reverse=True)[:2]
    if not words:
        return []
    # Each is a query of its own, because an `or` over the index would read both lists whole.
    rows: dict[int, Contact] = {}
    conditions = (Q(sort_name=key), *(_holding(word) for word in (key, *words)))
    for condition, seen in product(conditions, (visible_to(user), prospects_visible_to(user))):
        rows |= {row.pk: row for row in seen.filter(condition)[:CANDIDATES]}
    scored = [(fuzz.token_sort_ratio(key, row.sort_name), row) for row in rows.values()]
    near = [(score, row) for score, row in scored if score >= ALIKE]
    near.sort(key=lambda pair: -pair[0])
    same = _("the same name")
    return [_alike(row, same if row.sort_name == key else why) for _score, row in near[:3]]


def _holding(text: str) -> Q:
    return matching(ContactDocument, read_query(text))
