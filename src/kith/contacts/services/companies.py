"""A person's company is a link to it: naming one finds the company, or makes it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.db.models import QuerySet

from kith.contacts.keys import name_key
from kith.contacts.models import Contact, ContactDocument, ContactKind, Link
from kith.contacts.queries import primary_companies, prospects_visible_to, visible_to
from kith.core.among import among, among_texts
from kith.core.fields import Value
from kith.core.holding import hold
from kith.core.kinds.audience import EVERYONE
from kith.core.record_types import Values, registry
from kith.core.storing import MANY
from kith.core.text import fold
from kith.records.checking import Checked
from kith.records.door import Changes
from kith.search.writing import documents_saying

WORKS_AT = "Employer"
BELONGS_TO = "Company"


class Worker(NamedTuple):
    """Whoever is to be linked to a company."""

    id: int
    kind: str
    reach: int
    is_prospect: bool = False
    manager: int | None = None


class Company(NamedTuple):
    id: int
    name: str
    reach: int


class Wish(NamedTuple):
    """What company a contact is to have; `key` is by what its name is found."""

    name: str
    key: str


Wishes = Mapping[int, Wish]
"""By contact."""


def load_company(ids: Sequence[int], viewer: Any) -> dict[int, Value]:
    """By contact: the name of its primary company, where the viewer may see that."""
    return {pk: name for pk, (_, _, name) in primary_companies(ids, viewer).items()}


def set_companies(changes: Changes, named: Mapping[int, Value]) -> None:
    """Make the named company the primary one of each contact; None takes the link away."""
    linked = _linked(named)
    primary = [pk for pk, is_primary in linked.items() if is_primary]
    before = primary_companies(primary, changes.actor) if primary else {}
    former = {pk: name_key(name) for pk, (_, _, name) in before.items()}
    wishes = {pk: Wish(name, name_key(name)) for pk, name in named.items()}
    differing = {pk: wish for pk, wish in wishes.items() if wish.key != former.get(pk, "")}
    if not differing:
        return
    if gone := [before[pk][0] for pk in differing if pk in before]:
        changes.remove_many(registry.get("link"), gone)
    wanted = {pk: wish for pk, wish in differing.items() if wish.name}
    if hidden := [pk for pk in primary if pk in wanted and pk not in before]:
        demote_primary_links(changes, hidden)
    if wanted:
        _link(changes, wanted, linked)


def _linked(ids: Iterable[int]) -> dict[int, bool]:
    """Those that are linked to others: whether by a primary link, whoever may see it."""
    rows = Link.objects.filter(among("contact", ids)).order_by("is_primary")
    return dict(rows.values_list("contact_id", "is_primary"))


def _link(changes: Changes, wanted: Wishes, linked: Collection[int]) -> None:
    """A company that is named as its own is not linked to itself."""
    workers = _workers(wanted)
    found = find_or_make_companies(changes, wanted, workers)
    companies = {pk: found[wish.key] for pk, wish in wanted.items() if found[wish.key].id != pk}
    fresh = {pk: company for pk, company in companies.items() if pk not in linked}
    # Asked before the links are told: a question waits until all that was told is stored.
    right = _foretold(changes, fresh, wanted) if len(fresh) >= MANY else ()
    relations = {kind.value: {"new": _relation(kind)} for kind in ContactKind}
    drafts = [_draft(pk, company, relations[workers[pk].kind]) for pk, company in companies.items()]
    if drafts:
        changes.save_many(registry.get("link"), drafts)
    changes.index.spare(registry.get("contact"), right)


def _draft(pk: int, company: Company, relation: Value) -> Checked:
    return Checked({"contact": pk, "other": company.id, "relation": relation, "is_primary": True})


def _foretold(changes: Changes, linked: Mapping[int, Company], wanted: Wishes) -> set[int]:
    """Those whose documents show their one company already, as an import makes them, and are to
    show nothing else anew."""
    told = {
        pk: f" {fold(company.name)} "
        for pk, company in linked.items()
        if company.reach == EVERYONE and _same(company.name, wanted[pk].name)
    }
    owed = changes.index.owed(registry.get("contact"))
    return documents_saying(ContactDocument, told) - owed


def _same(one: str, other: str) -> bool:
    return one == other or fold(one) == fold(other)


def demote_primary_links(
    changes: Changes, contacts: Iterable[int], *, but: int | None = None
) -> None:
    """Make room for another primary link; also where the actor can't see the present one."""
    former = Link.objects.filter(among("contact", contacts), is_primary=True).exclude(pk=but or 0)
    drafts = [Checked({"is_primary": False}, id=pk) for pk in former.values_list("pk", flat=True)]
    if drafts:
        changes.save_many(registry.get("link"), drafts)


def _relation(kind: str) -> str:
    return WORKS_AT if kind == ContactKind.PERSON else BELONGS_TO


def _workers(ids: Iterable[int]) -> dict[int, Worker]:
    rows = Contact.objects.filter(among("pk", ids)).values_list(
        "pk", "kind", "reach_id", "is_prospect", "manager_id"
    )
    return {row[0]: Worker(*row) for row in rows}


def find_or_make_companies(
    changes: Changes, wanted: Wishes, workers: Mapping[int, Worker]
) -> dict[str, Company]:
    """Companies by name key. One that the actor may not see is not found: another is made.

    A company made for a contact that not everybody sees is seen by the same people only; one made
    for prospects is a prospect. What an import chose for all its rows is chosen for them, too.
    """
    hold("companies")
    naming: dict[str, list[Worker]] = {}
    for pk, wish in wanted.items():
        naming.setdefault(wish.key, []).append(workers[pk])
    raw = {key for key, each in naming.items() if all(worker.is_prospect for worker in each)}
    found = _prospects(changes.actor, raw) | _found(visible_to(changes.actor), naming)
    missing = {
        wish.key: wish.name for wish in reversed(list(wanted.values())) if wish.key not in found
    }
    values = {
        key: _company(name, _reach(naming[key]), is_prospect=key in raw)
        | _chosen(changes, naming[key])
        for key, name in missing.items()
    }
    return found | _make(changes, missing, values)


def _make(
    changes: Changes, names: Mapping[str, str], values: Mapping[str, Values]
) -> dict[str, Company]:
    drafts = [Checked(each) for each in values.values()]
    ids = changes.save_many(registry.get("contact"), drafts) if drafts else ()
    return {
        key: Company(pk, name, draft.values["accessibility"])
        for (key, name), pk, draft in zip(names.items(), ids, drafts, strict=True)
    }


def _reach(workers: Sequence[Worker]) -> int:
    everybody = any(worker.reach == EVERYONE for worker in workers)
    return EVERYONE if everybody else workers[0].reach


def _chosen(changes: Changes, workers: Sequence[Worker]) -> Values:
    """The tags for all, and the manager of who names the company first."""
    context = changes.context
    values: Values = dict(context.beside)
    if "manager" in context.handed_on:
        managers = [worker.manager for worker in workers if worker.manager]
        values |= {"manager": managers[0]} if managers and "manager" not in values else {}
    return values


def _prospects(actor: Any, keys: Collection[str]) -> dict[str, Company]:
    return _found(prospects_visible_to(actor), keys) if keys else {}


def _found(contacts: QuerySet[Contact], keys: Collection[str]) -> dict[str, Company]:
    """The one that is here longest, of those that are called so."""
    rows = contacts.filter(among_texts("sort_name", keys), kind=ContactKind.COMPANY)
    columns = ("sort_name", "pk", "name", "reach_id")
    return {key: Company(*row) for key, *row in rows.order_by("-pk").values_list(*columns)}


def _company(name: str, reach: int, *, is_prospect: bool) -> dict[str, Any]:
    values = {"kind": ContactKind.COMPANY.value, "name": name, "accessibility": reach}
    return values | {"is_prospect": True} if is_prospect else values
