"""Sites as a sheet has them: numbered columns of a contact, and the site where a person sits."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from kith.accounts.permissions import Permission
from kith.contacts.models import Contact, Link, Site
from kith.contacts.queries import primary_companies
from kith.core.among import among
from kith.core.errors import Problem
from kith.core.fields import Value
from kith.core.holding import hold
from kith.core.record_types import Values, registry
from kith.core.text import fold
from kith.history.models import Action, Change
from kith.records.bulk import steps
from kith.records.checking import Checked
from kith.records.door import Changes
from kith.records.tables import load_states

MAIN = "main"
"""What a main site is called until somebody gives it a name."""
Rows = Sequence[tuple[int, Values]]
Known = dict[tuple[int, str], tuple[int, bool]]
"""(site, whether it is the main one) by contact and folded name."""


def load_sites(ids: Sequence[int]) -> dict[int, Value]:
    """All sites of each contact, the main one first, with what they hold."""
    record = registry.get("site")
    fields = [each for each in record.fields if each.name not in ("contact", "created_at")]
    rows = Site.objects.filter(among("contact", ids)).order_by("contact_id", "-is_main", "pk")
    owners = dict(rows.values_list("pk", "contact_id"))
    found: dict[int, Value] = {}
    for portion in steps(owners):
        states = load_states(record, portion, fields)
        for pk in portion:
            more: Values = {} if owners[pk] in found else {"known_as": [MAIN]}
            found.setdefault(owners[pk], []).append(states[pk] | more)
    return found


def most_sites(contacts: QuerySet[Contact] | Sequence[int]) -> int:
    """How many sites the one with most of them has."""
    among_them = Q(contact__in=contacts)
    rows = Site.objects.filter(among_them, is_main=False).order_by().values("contact")
    counted = rows.annotate(many=Count("pk")).order_by("-many").values_list("many", flat=True)
    return 1 + (counted.first() or 0)


def load_seats(ids: Sequence[int], viewer: Any) -> dict[int, Value]:
    """By contact: the name of the site of its primary company where it sits; none for a main
    site that nobody has named."""
    companies = primary_companies(ids, viewer)
    links = Link.objects.filter(among("pk", [each[0] for each in companies.values()]))
    named = dict(links.exclude(site=None).values_list("pk", "site__name"))
    at_main = {each[1] for each in companies.values() if each[0] not in named}
    mains = Site.objects.filter(among("contact", at_main), is_main=True).exclude(name=MAIN)
    names = dict(mains.values_list("contact_id", "name"))
    return {
        pk: name
        for pk, (link, company, _name) in companies.items()
        if (name := named.get(link) or names.get(company))
    }


def connect_sites(changes: Changes, rows: Rows) -> None:
    """Put what rows say of sites into those that go by these names; make the others."""
    hold("sites of sheets")
    known = sites_known(pk for pk, _values in rows)
    mains: dict[int, Values] = {}
    there: dict[int, Values] = {}
    fresh: dict[tuple[int, str], Values] = {}
    for pk, values in rows:
        for item in values["sites"]:
            key = (pk, fold(item["site_name"]))
            more = {name: value for name, value in item.items() if name != "site_name"}
            site, is_main = known.get(key, (0, False))
            if is_main:
                mains.setdefault(pk, {}).update(more)
            elif site:
                there.setdefault(site, {}).update(more)
            else:
                fresh.setdefault(key, {"contact": pk} | item).update(more)
    _save(changes, "contact", [Checked(values, id=pk) for pk, values in mains.items() if values])
    drafts = [Checked(values, id=site) for site, values in there.items() if values]
    _save(changes, "site", drafts + [Checked(values) for values in fresh.values()])


def connect_seats(changes: Changes, rows: Rows) -> dict[int, list[Problem]]:
    """Seat each contact at the named site of its primary company, which is made if need be."""
    hold("sites of sheets")
    wanted = {pk: str(values["site_at"]) for pk, values in rows}
    companies = primary_companies(wanted, changes.actor)
    known = sites_known(company for _link, company, _name in companies.values())
    names = {
        (company, fold(wanted[pk])): wanted[pk] for pk, (_link, company, _name) in companies.items()
    }
    closed = _closed(changes, {company for company, _name in names})
    missing = [key for key in names if key not in known and key[0] not in closed]
    drafts = [Checked({"contact": company, "site_name": names[company, key]})
              for company, key in missing]  # fmt: skip
    made = _save(changes, "site", drafts)
    known |= {key: (site, False) for key, site in zip(missing, made, strict=True)}
    places = {pk: (company, fold(wanted[pk])) for pk, (_link, company, _name) in companies.items()}
    seats = {companies[pk][0]: known[place] for pk, place in places.items() if place in known}
    moved = [Checked({"site": None if is_main else site}, id=link)
             for link, (site, is_main) in seats.items()]  # fmt: skip
    _save(changes, "link", moved)
    refused = {pk: [_not_added(wanted[pk])] for pk, place in places.items() if place not in known}
    return refused | {pk: [_nowhere(name)] for pk, name in wanted.items() if pk not in companies}


def _closed(changes: Changes, companies: set[int]) -> set[int]:
    """Those that get no site by this: whoever may only make contacts changes none of others."""
    if changes.actor.may(Permission.CONTACT_EDIT):
        return set()
    made = Change.objects.filter(
        change_set=changes.record, action=Action.CREATE, record_type="contact"
    )
    return companies - set(
        made.filter(among("record_id", companies)).values_list("record_id", flat=True)
    )


def _not_added(name: str) -> Problem:
    message = _("The company has no site “%(name)s”, and you may not add one to it.")
    return Problem("site_at", "no-site", message % {"name": name}, name)


def _nowhere(name: str) -> Problem:
    message = _("There is no company that “%(name)s” could be a site of.") % {"name": name}
    return Problem("site_at", "no-company", message, name)


def sites_known(contacts: Iterable[int]) -> Known:
    rows = Site.objects.filter(among("contact", set(contacts))).order_by("is_main", "-pk")
    found: Known = {}
    for pk, contact, name, is_main in rows.values_list("pk", "contact_id", "name", "is_main"):
        found[contact, fold(name)] = (pk, is_main)
        if is_main:
            found.setdefault((contact, MAIN), (pk, is_main))
    return found


def _save(changes: Changes, record: str, drafts: Sequence[Checked]) -> Sequence[int]:
    return changes.save_many(registry.get(record), drafts) if drafts else ()
