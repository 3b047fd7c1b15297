"""Links that a sheet's Relation and Relation To columns ask for, once all of its rows are in."""

from collections.abc import Sequence

from kith.contacts.models import ContactKind, Link
from kith.contacts.services.companies import BELONGS_TO, set_companies
from kith.contacts.services.named import find_targets, not_one
from kith.contacts.services.sheet_links import RELATED_TO, connect_links
from kith.contacts.services.sheet_sites import connect_seats, connect_sites
from kith.core.errors import Problem
from kith.core.record_types import Values, registry
from kith.records.checking import Checked
from kith.records.door import Changes

Rows = Sequence[tuple[int, Values]]
Cautions = dict[int, list[Problem]]


def connect(changes: Changes, rows: Rows) -> Cautions:
    """Give each contact its sites, link it to its company, seat it there, and link it to others.

    What can't be found, or is the name of several, is a caution; the contact stays.
    """
    if placed := [row for row in rows if row[1].get("sites")]:
        connect_sites(changes, placed)
    companies = {pk: values["company"] for pk, values in rows if values.get("company")}
    if companies:
        set_companies(changes, companies)
    seated = [row for row in rows if row[1].get("site_at")]
    cautions = connect_seats(changes, seated) if seated else {}
    if linked := [row for row in rows if row[1].get("links")]:
        _more(cautions, connect_links(changes, linked))
    if related := [row for row in rows if row[1].get("relation_to")]:
        _more(cautions, _relate(changes, related))
    return cautions


def _more(cautions: Cautions, found: Cautions) -> None:
    for pk, problems in found.items():
        cautions[pk] = [*cautions.get(pk, ()), *problems]


def _relate(changes: Changes, rows: Rows) -> Cautions:
    targets = find_targets(changes.actor, [values["relation_to"] for _pk, values in rows])
    cautions: Cautions = {}
    drafts = []
    for pk, values in rows:
        found = [each for each in targets[values["relation_to"]] if each[0] != pk]
        if len(found) == 1:
            drafts.append(_draft(pk, values, *found[0]))
        else:
            cautions[pk] = [not_one("relation_to", values["relation_to"], len(found))]
    _link_once(changes, drafts)
    return cautions


def _draft(pk: int, values: Values, other: int, kind: str) -> Values:
    company = kind == ContactKind.COMPANY
    relation = values.get("relation") or {"new": BELONGS_TO if company else RELATED_TO}
    return {"contact": pk, "other": other, "relation": relation, "is_primary": company}


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
