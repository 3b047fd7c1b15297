"""A person's company is a link to it: naming one finds the company, or makes it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from kith.contacts.keys import name_key
from kith.contacts.models import Contact, ContactDocument, ContactKind, Link
from kith.contacts.queries import company_names, primary_companies, prospects_visible_to, visible_to
from kith.core.fields import Value
from kith.core.holding import hold
from kith.core.kinds.audience import EVERYONE
from kith.core.record_types import Values, registry
from kith.core.storing import MANY
from kith.core.text import fold
from kith.records.among import among
from kith.records.checking import Checked
from kith.records.door import Changes

WORKS_AT = "Employer"
BELONGS_TO = "Company"


class Worker(NamedTuple):
    """Whoever is to be linked to a company."""

    id: int
    kind: str
    reach: int
    is_prospect: bool = False
    manager: int | None = None


def load_company(ids: Sequence[int], viewer: Any) -> dict[int, Value]:
    """By contact: the name of its primary company, where the viewer may see that."""
    return {pk: name for pk, (_, _, name) in primary_companies(ids, viewer).items()}


def set_companies(changes: Changes, named: Mapping[int, Value]) -> None:
    """Make the named company the primary one of each contact; None takes the link away."""
    before = primary_companies(named, changes.actor)
    former = {pk: name_key(name) for pk, (_, _, name) in before.items()}
    differing = {pk: name for pk, name in named.items() if name_key(name) != former.get(pk, "")}
    if not differing:
        return
    changes.remove_many(registry.get("link"), [before[pk][0] for pk in differing if pk in before])
    wanted = {pk: name for pk, name in differing.items() if name}
    demote_primary_links(changes, wanted)
    linked = _link(changes, wanted)
    if linked >= MANY:
        fresh = {pk: name for pk, name in wanted.items() if pk not in before}
        changes.index.spare(registry.get("contact"), _foretold(fresh))


def _link(changes: Changes, wanted: Mapping[int, str]) -> int:
    """Returns how many: a company that is named as its own is not linked to itself."""
    workers = _workers(wanted)
    companies = find_or_make_companies(changes, wanted, workers)
    drafts = [
        Checked(
            {
                "contact": pk,
                "other": companies[name_key(name)],
                "relation": {"new": _relation(workers[pk])},
                "is_primary": True,
            }
        )
        for pk, name in wanted.items()
        if companies[name_key(name)] != pk
    ]
    if drafts:
        changes.save_many(registry.get("link"), drafts)
    return len(drafts)


def _foretold(named: Mapping[int, str]) -> list[int]:
    """Those whose documents show their one company already, as an import makes them."""
    bodies = dict(ContactDocument.objects.filter(among("pk", named)).values_list("pk", "body"))
    shown = company_names(named, None)
    return [
        pk
        for pk, name in named.items()
        if [fold(each) for each in shown.get(pk, ())] == [fold(name)]
        and f" {fold(name)} " in bodies.get(pk, "")
    ]


def demote_primary_links(
    changes: Changes, contacts: Iterable[int], *, but: int | None = None
) -> None:
    """Make room for another primary link; also where the actor can't see the present one."""
    former = Link.objects.filter(among("contact", contacts), is_primary=True).exclude(pk=but or 0)
    drafts = [Checked({"is_primary": False}, id=pk) for pk in former.values_list("pk", flat=True)]
    if drafts:
        changes.save_many(registry.get("link"), drafts)


def _relation(worker: Worker) -> str:
    return WORKS_AT if worker.kind == ContactKind.PERSON else BELONGS_TO


def _workers(ids: Iterable[int]) -> dict[int, Worker]:
    rows = Contact.objects.filter(among("pk", ids)).values_list(
        "pk", "kind", "reach_id", "is_prospect", "manager_id"
    )
    return {row[0]: Worker(*row) for row in rows}


def find_or_make_companies(
    changes: Changes, wanted: Mapping[int, str], workers: Mapping[int, Worker]
) -> dict[str, int]:
    """Company ids by name key. One that the actor may not see is not found: another is made.

    A company made for a contact that not everybody sees is seen by the same people only; one made
    for prospects is a prospect. What an import chose for all its rows is chosen for them, too.
    """
    hold("companies")
    keys = {name_key(name): name for name in reversed(list(wanted.values()))}
    rows = visible_to(changes.actor).filter(kind=ContactKind.COMPANY, sort_name__in=list(keys))
    found = dict(rows.order_by("-pk").values_list("sort_name", "pk"))
    raw = {name_key(name) for name in wanted.values()}
    raw -= {name_key(name) for pk, name in wanted.items() if not workers[pk].is_prospect}
    found = _prospects(changes.actor, raw) | found
    reach: dict[str, int] = {}
    for pk, name in wanted.items():
        first = reach.setdefault(name_key(name), workers[pk].reach)
        reach[name_key(name)] = EVERYONE if workers[pk].reach == EVERYONE else first
    missing = [key for key in keys if key not in found]
    chosen = _chosen(changes, wanted, workers)
    drafts = [
        Checked(_company(keys[key], reach[key], is_prospect=key in raw) | chosen.get(key, {}))
        for key in missing
    ]
    if drafts:
        found.update(zip(missing, changes.save_many(registry.get("contact"), drafts), strict=True))
    return found


def _chosen(
    changes: Changes, wanted: Mapping[int, str], workers: Mapping[int, Worker]
) -> dict[str, Values]:
    """By name key: the tags for all, and the manager of who names the company first."""
    context, chosen = changes.context, dict[str, Values]()
    if not (context.beside or context.handed_on):
        return chosen
    for pk, name in wanted.items():
        values = chosen.setdefault(name_key(name), dict(context.beside))
        if "manager" in context.handed_on and workers[pk].manager:
            values.setdefault("manager", workers[pk].manager)
    return chosen


def _prospects(actor: Any, keys: Iterable[str]) -> dict[str, int]:
    if not keys:
        return {}
    rows = prospects_visible_to(actor).filter(kind=ContactKind.COMPANY, sort_name__in=keys)
    return dict(rows.order_by("-pk").values_list("sort_name", "pk"))


def _company(name: str, reach: int, *, is_prospect: bool) -> dict[str, Any]:
    values = {"kind": ContactKind.COMPANY.value, "name": name, "accessibility": reach}
    return values | {"is_prospect": True} if is_prospect else values
