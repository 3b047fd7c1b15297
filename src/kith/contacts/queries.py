"""The one read door to contacts, and what is read of them in sets."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from kith.accounts.actors import SYSTEM
from kith.accounts.audiences import audiences_of, holding
from kith.contacts.models import LISTED, BuiltIn, Contact, ContactKind, Link, Site
from kith.core.among import among, ids_slot
from kith.core.kinds.audience import EVERYONE
from kith.core.prepared import Prepared, Slot, slot
from kith.records.bulk import steps


def in_reach(user: Any) -> QuerySet[Contact]:
    """The contacts a user may see, those in the trash and the prospects as well."""
    return Contact.objects.filter(reached(user))


def reached(user: Any, path: str = "") -> Q:
    """The same as a condition, also on contacts at the end of a path ("other__").

    A join on this is much cheaper than `in` over all visible contacts, which databases
    tend to list whole.
    """
    if user is SYSTEM:
        return Q()
    ids = audiences_of(user)
    if ids is None:
        return _within((EVERYONE,), path) | Q(**{f"{path}reach__in": holding(user)})
    return _within(ids, path)


def _within(audiences: Sequence[int] | Slot, path: str = "") -> Q:
    """What these audiences may see; EVERYONE is always among them."""
    if isinstance(audiences, Slot):
        return among(f"{path}reach", audiences)
    if len(audiences) == 1:
        return Q(**{f"{path}reach": EVERYONE})
    return Q(**{f"{path}reach__in": audiences})


def kept(path: str = "") -> Q:
    """Not in the trash, of contacts at the end of a path."""
    return Q(**{f"{path}trashed_at": None})


def listed(path: str) -> Q:
    """Neither in the trash nor a prospect, of contacts at the end of a path."""
    return kept(path) & Q(**{f"{path}is_prospect": False})


def visible_to(user: Any) -> QuerySet[Contact]:
    """Begin every query with this that a person's request causes."""
    return in_reach(user).filter(LISTED)


def shown_to(user: Any) -> QuerySet[Contact]:
    """Contacts and prospects: what has a card. To be asked by id, or by what has an index of its
    own: those of the list know only one of the two."""
    return _shown(reached(user))


def shown_at(path: str, user: Any) -> Q:
    """The same as a condition on contacts at the end of a path."""
    return reached(user, path) & kept(path)


def _shown(reach: Q) -> QuerySet[Contact]:
    return Contact.objects.filter(reach, kept())


def shown(user: Any, pk: int) -> Contact | None:
    """The one of `shown_to` with this id."""
    reach = reach_of(user)
    if reach is None:
        return shown_to(user).filter(pk=pk).first()
    found: Contact | None = SHOWN.first(pk=pk, reach=reach)
    return found


def reach_of(user: Any) -> Sequence[int] | None:
    """The audiences that a user belongs to, for the slot "reach" of a prepared query; None where
    that is not said by their ids."""
    return None if user is SYSTEM else audiences_of(user)


def prospects_visible_to(user: Any) -> QuerySet[Contact]:
    """The raw contacts, kept apart until they are converted."""
    return shown_to(user).filter(is_prospect=True)


def links_visible_to(user: Any) -> QuerySet[Link]:
    """A link shows when both of its ends do."""
    return Link.objects.filter(shown_at("contact__", user), shown_at("other__", user))


def links_in_reach() -> QuerySet[Link]:
    """The same in a prepared query, with a slot "reach"."""
    ends = [_within(ids_slot("reach"), path) & kept(path) for path in ("contact__", "other__")]
    return Link.objects.filter(*ends)


def sites_visible_to(user: Any) -> QuerySet[Site]:
    """The sites, main ones too, of the contacts that a user may see."""
    return Site.objects.filter(shown_at("contact__", user))


def further_sites_visible_to(user: Any) -> QuerySet[Site]:
    """Those that are records of their own: a main site is part of its contact."""
    return sites_visible_to(user).filter(is_main=False)


def site_words(ids: Iterable[int]) -> dict[int, list[str]]:
    """By contact: the names and cities of its further sites, for the search."""
    words: dict[int, list[str]] = {}
    rows = Site.objects.filter(among("contact", ids), is_main=False).order_by("contact", "pk")
    for contact, *texts in rows.values_list("contact_id", "name", "city"):
        words.setdefault(contact, []).extend(text for text in texts if text)
    return words


def built_in_ids(ids: Iterable[int]) -> set[int]:
    """Those of these contacts that belong to the installation, and can't be deleted."""
    rows = BuiltIn.objects.filter(contact__in=list(ids))
    return set(rows.values_list("contact_id", flat=True))


def installed_ids() -> set[int]:
    """Of the contacts that every installation has; they are few."""
    return set(BuiltIn.objects.values_list("contact_id", flat=True))


def is_more_than_built_in() -> bool:
    """Whether there is any contact beside those of the installation."""
    return Contact.objects.filter(LISTED).exclude(pk__in=installed_ids()).exists()


def names_of(ids: Iterable[int]) -> Mapping[int, str]:
    rows = Contact.objects.filter(pk__in=ids)
    return dict(rows.values_list("pk", "name"))


LINKS = Prepared(
    lambda: (
        Link.objects.filter(among("contact", ids_slot("ids")))
        .order_by("contact", "-is_primary", "pk")
        .values_list("contact_id", "pk", "other_id")
    )
)
PRIMARY_LINKS = Prepared(
    lambda: (
        Link.objects.filter(among("contact", ids_slot("ids")), is_primary=True)
        .order_by("contact", "pk")
        .values_list("contact_id", "pk", "other_id")
    )
)
SHOWN = Prepared(lambda: _shown(_within(ids_slot("reach"))).filter(pk=slot("pk")))
NAMED = Prepared(
    lambda: (
        _shown(_within(ids_slot("reach")))
        .filter(among("pk", ids_slot("ids")))
        .values_list("pk", "name", "kind")
    )
)


def _links_seen_by(
    viewer: Any, ids: Iterable[int], links: Prepared = LINKS
) -> list[tuple[int, int, int, str, str]]:
    """(contact, link, other, name, kind) of the links from these contacts to others that the
    viewer may see, the primary ones first; None sees what everybody may.

    In two questions: asked as one, SQLite begins with every contact that everybody may see.
    """
    ends = links.rows(ids=ids)
    seen: dict[int, tuple[str, str]] = {}
    for others in steps({other for _contact, _link, other in ends}):
        seen.update((pk, (name, kind)) for pk, name, kind in _named(viewer, others))
    return [(contact, link, other, *seen[other]) for contact, link, other in ends if other in seen]


def _named(viewer: Any, ids: Iterable[int]) -> Iterable[Sequence[Any]]:
    reach = (EVERYONE,) if viewer is None else reach_of(viewer)
    if reach is None:
        return shown_to(viewer).filter(among("pk", ids)).values_list("pk", "name", "kind")
    return NAMED.rows(ids=ids, reach=reach)


def primary_companies(ids: Iterable[int], viewer: Any) -> dict[int, tuple[int, int, str]]:
    """By contact: the primary link's id, the company's id and its name, where the viewer may
    see the company."""
    links = _links_seen_by(viewer, ids, PRIMARY_LINKS)
    return {contact: (link, other, name) for contact, link, other, name, _kind in links}


def company_names(ids: Iterable[int], viewer: Any) -> dict[int, list[str]]:
    """By contact: the names of all companies it is linked to that the viewer may see."""
    names: dict[int, list[str]] = {}
    for contact, _link, _other, name, kind in _links_seen_by(viewer, ids):
        if kind == ContactKind.COMPANY:
            names.setdefault(contact, []).append(name)
    return names


def linked_to(ids: Iterable[int]) -> set[int]:
    """The contacts whose documents name one of these as their company."""
    return set(Link.objects.filter(other__in=ids).values_list("contact_id", flat=True))
