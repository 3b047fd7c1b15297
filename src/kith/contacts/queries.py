"""The one read door to contacts, and what is read of them in sets."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Accessibility, Contact, ContactKind, Link


def in_reach(user: Any) -> QuerySet[Contact]:
    """The contacts a user may see, those in the trash as well."""
    if user is SYSTEM:
        return Contact.objects.all()
    return Contact.objects.filter(Q(accessibility=Accessibility.ALL) | Q(owner=user.pk))


def visible_to(user: Any) -> QuerySet[Contact]:
    """Begin every query with this that a person's request causes."""
    return in_reach(user).filter(trashed_at=None)


def links_visible_to(user: Any) -> QuerySet[Link]:
    """A link shows when both of its ends do."""
    seen = visible_to(user).values("pk")
    return Link.objects.filter(contact__in=seen, other__in=seen)


def names_of(ids: Iterable[int]) -> Mapping[int, str]:
    rows = Contact.objects.filter(pk__in=ids)
    return dict(rows.values_list("pk", "name"))


def primary_companies(ids: Iterable[int]) -> dict[int, tuple[int, int, str]]:
    """By contact: the primary link's id, the company's id and its name."""
    rows = Link.objects.filter(
        contact__in=ids, is_primary=True, other__trashed_at=None
    ).values_list("contact_id", "pk", "other_id", "other__name")
    return {contact: (link, other, name) for contact, link, other, name in rows}


def company_names(ids: Iterable[int]) -> dict[int, list[str]]:
    """By contact: the names of all companies it is linked to; what the search index holds."""
    rows = Link.objects.filter(
        contact__in=ids, other__kind=ContactKind.COMPANY, other__trashed_at=None
    ).order_by("contact", "-is_primary", "pk")
    names: dict[int, list[str]] = {}
    for contact, name in rows.values_list("contact_id", "other__name"):
        names.setdefault(contact, []).append(name)
    return names


def linked_to(ids: Iterable[int]) -> set[int]:
    """The contacts whose documents name one of these as their company."""
    return set(Link.objects.filter(other__in=ids).values_list("contact_id", flat=True))
