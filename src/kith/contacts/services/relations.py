"""Links that a sheet's Relation and Relation To columns ask for, once all of its rows are in."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.contacts.keys import channel_key, name_key
from kith.contacts.models import Channel, ContactKind, Link
from kith.contacts.queries import visible_to
from kith.contacts.services.companies import BELONGS_TO, set_companies
from kith.contacts.services.sheet_sites import connect_seats, connect_sites
from kith.core.errors import Problem
from kith.core.names import split_salutation
from kith.core.record_types import Values, registry
from kith.records.bulk import rows_with
from kith.records.checking import Checked
from kith.records.door import Changes

RELATED_TO = "Related to"
Rows = Sequence[tuple[int, Values]]
Cautions = dict[int, list[Problem]]


def connect(changes: Changes, rows: Rows) -> Cautions:
    """Give each contact its sites, link it to its company, seat it there, and link it to the
    contact that "relation_to" names.

    What can't be found, or is the name of several, is a caution; the contact stays.
    """
    if placed := [row for row in rows if row[1].get("sites")]:
        connect_sites(changes, placed)
    companies = {pk: values["company"] for pk, values in rows if values.get("company")}
    if companies:
        set_companies(changes, companies)
    seated = [row for row in rows if row[1].get("site_at")]
    cautions = connect_seats(changes, seated) if seated else {}
    if related := [row for row in rows if row[1].get("relation_to")]:
        for pk, found in _relate(changes, related).items():
            cautions[pk] = [*cautions.get(pk, ()), *found]
    return cautions


def _relate(changes: Changes, rows: Rows) -> Cautions:
    targets = find_targets(changes.actor, [values["relation_to"] for _pk, values in rows])
    cautions: Cautions = {}
    drafts = []
    for pk, values in rows:
        found = [each for each in targets[values["relation_to"]] if each[0] != pk]
        if len(found) == 1:
            drafts.append(_draft(pk, values, *found[0]))
        else:
            cautions[pk] = [_caution(values["relation_to"], len(found))]
    _link_once(changes, drafts)
    return cautions


def find_targets(actor: Any, texts: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """(id, kind) of the contacts that each text names: by code, by e-mail, or by name without its
    title."""
    keys = {text: name_key(split_salutation(text)[1]) for text in texts}
    contacts = visible_to(actor)
    codes = contacts.filter(code__in=[text.strip().upper() for text in keys])
    by_code = {code: (pk, kind) for code, pk, kind in codes.values_list("code", "pk", "kind")}
    names = contacts.filter(sort_name__in=set(keys.values())).order_by("pk")
    by_name: dict[str, list[tuple[int, str]]] = {}
    for key, pk, kind in names.values_list("sort_name", "pk", "kind"):
        by_name.setdefault(key, []).append((pk, kind))
    by_email = _by_email(actor, [text for text in keys if "@" in text])
    return {
        text: [by_code[text.strip().upper()]]
        if text.strip().upper() in by_code
        else by_email.get(text) or by_name.get(key, [])
        for text, key in keys.items()
    }


def _by_email(actor: Any, texts: list[str]) -> dict[str, list[tuple[int, str]]]:
    addresses = {text: channel_key({"value": text.strip()}) for text in texts}
    rows = rows_with(Channel, "key", list(addresses.values()), ("key", "kind", "contact_id"))
    owners = [(key, pk) for key, kind, pk in rows if kind == "email"]
    seen = visible_to(actor).filter(pk__in=[pk for _key, pk in owners])
    kinds = dict(seen.values_list("pk", "kind")) if owners else {}
    return {
        text: [(pk, kinds[pk]) for key, pk in owners if key == address and pk in kinds]
        for text, address in addresses.items()
    }


def _draft(pk: int, values: Values, other: int, kind: str) -> Values:
    company = kind == ContactKind.COMPANY
    relation = values.get("relation") or {"new": BELONGS_TO if company else RELATED_TO}
    return {"contact": pk, "other": other, "relation": relation, "is_primary": company}


def _caution(text: str, count: int) -> Problem:
    if count:
        message = _("Several contacts are called “%(name)s”; not linked.") % {"name": text}
        return Problem("relation_to", "relation-ambiguous", message, text)
    message = _("No contact “%(name)s” was found; not linked.") % {"name": text}
    return Problem("relation_to", "relation-unknown", message, text)


def _link_once(changes: Changes, drafts: list[Values]) -> None:
    """Make the links that are not there yet; the first company becomes the primary one."""
    if not drafts:
        return
    link = registry.get("link")
    assert link.prepare
    link.prepare(changes, drafts)
    ids = [draft["contact"] for draft in drafts]
    there = set(Link.objects.filter(contact__in=ids).values_list("contact", "other", "relation"))
    with_primary = Link.objects.filter(contact__in=ids, is_primary=True)
    primary = set(with_primary.values_list("contact_id", flat=True))
    fresh = []
    for draft in drafts:
        key = (draft["contact"], draft["other"], draft["relation"])
        if key not in there:
            there.add(key)
            draft["is_primary"] = draft["is_primary"] and draft["contact"] not in primary
            if draft["is_primary"]:
                primary.add(draft["contact"])
            fresh.append(Checked(draft))
    if fresh:
        changes.save_many(link, fresh)
