"""Links as a sheet has them: numbered columns of a contact, each naming another one."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet

from kith.contacts.models import Contact, ContactKind, Link
from kith.contacts.queries import links_visible_to
from kith.contacts.services.companies import BELONGS_TO, WORKS_AT
from kith.contacts.services.ended_links import is_over
from kith.contacts.services.named import find_targets, not_one
from kith.contacts.services.sheet_sites import Known, sites_known
from kith.core.among import among
from kith.core.errors import Problem
from kith.core.fields import Value
from kith.core.record_types import Values, registry
from kith.core.text import fold
from kith.records.checking import Checked
from kith.records.door import Changes

Rows = Sequence[tuple[int, Values]]
Cautions = dict[int, list[Problem]]
Targets = dict[str, list[tuple[int, str]]]
RELATED_TO = "Related to"
Seats = dict[tuple[int, str], int | None]
"""Sites by whose they are and their folded name; None is the main one."""
ENDS = ("contact", "other", "relation")
PLAIN = ("job_title", "from_date", "to_date")
_WITH_CODE = re.compile(r"(.+?)\s*\((\w-\d+)\)", re.DOTALL)


def load_links(ids: Sequence[int], viewer: Any) -> dict[int, Value]:
    """What each contact is linked to, the primary one first, as far as the viewer may see it."""
    rows = links_visible_to(viewer).filter(among("contact", ids))
    columns = ("contact_id", "pk", "other__name", "other__code", "relation_id", "job_title",
               "from_date", "to_date", "site__name")  # fmt: skip
    found: dict[int, Value] = {}
    for contact, pk, name, code, relation, title, begin, end, site in rows.order_by(
        "contact_id", "-is_primary", "pk"
    ).values_list(*columns):
        found.setdefault(contact, []).append({
            "link": pk,
            "link_to": f"{name} ({code})",
            "known_as": [name, code],
            "relation": relation,
            "job_title": title or None,
            "from_date": begin and begin.isoformat(),
            "to_date": end and end.isoformat(),
            "link_site": site,
        })  # fmt: skip
    return found


def most_links(contacts: QuerySet[Contact] | Sequence[int], viewer: Any) -> int:
    """How many links the one with most of them has, as far as the viewer may see them."""
    rows = links_visible_to(viewer).filter(Q(contact__in=contacts)).order_by().values("contact")
    counted = rows.annotate(many=Count("pk")).order_by("-many").values_list("many", flat=True)
    return counted.first() or 0


def connect_links(changes: Changes, rows: Rows) -> Cautions:
    """Make the links that rows name, and put into those that are there what rows say of them.

    Whom nobody, or more than one, is called so is a caution; the contact stays.
    """
    cautions: Cautions = {}
    targets = _targets(changes.actor, rows)
    drafts = []
    for pk, values in rows:
        for item in values["links"]:
            found = [each for each in targets[item["link_to"]] if each[0] != pk]
            if len(found) == 1 or item.get("link"):
                drafts.append(_draft(pk, item, *(found or [(0, "")])[0]))
            else:
                cautions.setdefault(pk, []).append(not_one("links", item["link_to"], len(found)))
    if drafts:
        _write(changes, drafts)
    return cautions


def _targets(actor: Any, rows: Rows) -> Targets:
    """Who each text names. "Horus Ltd (C-000012)" is who has this code, if called so, else whoever
    is called so: the file may come from elsewhere."""
    texts = {item["link_to"] for _pk, values in rows for item in values["links"]}
    split = {text: match.groups() if (match := _WITH_CODE.fullmatch(text)) else (text, "")
             for text in texts}  # fmt: skip
    names = {part for pair in split.values() for part in pair if part}
    by_text = find_targets(actor, names | texts)
    called: dict[str, set[int]] = {}
    for name, _code in split.values():
        called[name] = {pk for pk, _kind in by_text[name]}
    found: Targets = {}
    for text, (name, code) in split.items():
        coded = [each for each in by_text.get(code, ()) if each[0] in called[name]]
        found[text] = by_text[text] or coded or by_text[name]
    return found


def _draft(pk: int, item: Values, other: int, kind: str) -> Values:
    kept = {name: item[name] for name in (*PLAIN, "relation", "link_site") if name in item}
    return {"contact": pk, "other": other, "kind": kind, "link": item.get("link"), **kept}


class Held(NamedTuple):
    """The links there are: by their ends and relation, who is at the other end of each, and which
    contacts have a primary one."""

    there: dict[tuple[int, int, int], int]
    others: dict[int, int]
    primary: set[int]


def _write(changes: Changes, drafts: list[Values]) -> None:
    record, persons = registry.get("link"), _persons(drafts)
    for each in drafts:
        if not each["link"]:
            each.setdefault("relation", {"new": _usual(each, persons)})
    assert record.prepare
    record.prepare(changes, [each for each in drafts if "relation" in each])
    held = _held({each["contact"] for each in drafts})
    sites = _sites(changes, drafts, held.others)
    if checked := _checked(drafts, held, sites):
        changes.save_many(record, checked)


def _held(contacts: set[int]) -> Held:
    rows = Link.objects.filter(among("contact", contacts))
    held = Held({}, {}, set())
    columns = ("pk", "contact_id", "other_id", "relation_id", "is_primary")
    for pk, contact, other, relation, is_primary in rows.values_list(*columns):
        held.there[contact, other, relation] = pk
        held.others[pk] = other
        if is_primary:
            held.primary.add(contact)
    return held


def _checked(drafts: Sequence[Values], held: Held, sites: Seats) -> list[Checked]:
    """What changes of the links there are, and the new ones; the first company is primary."""
    fresh: dict[tuple[int, int, int], Values] = {}
    known: dict[int, Values] = {}
    for each in drafts:
        values = {name: each[name] for name in PLAIN if name in each}
        if each.get("link_site"):
            values["site"] = sites[_end(each, held.others), fold(each["link_site"])]
        key = (each["contact"], each["other"], each.get("relation") or 0)
        if link := each["link"] or held.there.get(key):
            known.setdefault(link, {}).update(values)
            continue
        firm = each["kind"] == ContactKind.COMPANY and not is_over(values)
        first = firm and each["contact"] not in held.primary
        held.primary.update([each["contact"]] if first else [])
        ends = dict(zip(ENDS, key, strict=True))
        fresh.setdefault(key, ends | {"is_primary": first}).update(values)
    changed = [Checked(values, id=pk) for pk, values in known.items() if values]
    return changed + [Checked(values) for values in fresh.values()]


def _persons(drafts: Sequence[Values]) -> set[int]:
    rows = Contact.objects.filter(among("pk", {each["contact"] for each in drafts}))
    return set(rows.filter(kind=ContactKind.PERSON).values_list("pk", flat=True))


def _usual(draft: Values, persons: set[int]) -> str:
    if draft["kind"] != ContactKind.COMPANY:
        return RELATED_TO
    return WORKS_AT if draft["contact"] in persons else BELONGS_TO


def _end(draft: Values, others: Mapping[int, int]) -> int:
    """At whose site it is."""
    return others.get(draft["link"] or 0) or int(draft["other"])


def _sites(changes: Changes, drafts: Sequence[Values], others: Mapping[int, int]) -> Seats:
    """The sites that links are to have, by the contact at their end and name; made if need be."""
    wanted = {
        (_end(each, others), fold(each["link_site"])): each["link_site"]
        for each in drafts
        if each.get("link_site")
    }
    known: Known = sites_known(contact for contact, _key in wanted)
    missing = [key for key in wanted if key not in known]
    made = [Checked({"contact": key[0], "site_name": wanted[key]}) for key in missing]
    ids = changes.save_many(registry.get("site"), made) if made else ()
    found = {key: None if known[key][1] else known[key][0] for key in wanted if key in known}
    return found | dict(zip(missing, ids, strict=True))
