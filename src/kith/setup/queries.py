"""Reads users and what happened to them, for the pages of administration."""

from django.db.models import Q, QuerySet
from django.utils.translation import ngettext

from kith.accounts.models import SecurityEvent, User
from kith.core.errors import NotFound
from kith.core.text import fold

SHOWN_EVENTS = 10
MOST_USERS = 1000


def users_listed(*, text: str = "", active: bool = True) -> list[User]:
    """Those with every word of the text in name, e-mail or code, whatever accents and case.

    The users of a firm are few: they are looked through here, alike on every database.
    """
    users = User.objects.select_related("role").filter(is_active=active)
    words = fold(text).split()
    found = [user for user in users if _has_all(user, words)]
    return sorted(found, key=lambda user: (fold(user.name), user.pk))[:MOST_USERS]


def _has_all(user: User, words: list[str]) -> bool:
    place = fold(f"{user.name} {user.email} {user.employee_code}")
    return all(word in place for word in words)


def user_for(user_id: int) -> User:
    """Raises NotFound."""
    found = User.objects.select_related("role").filter(pk=user_id).first()
    if found is None:
        raise NotFound
    return found


def events_of(user: User) -> "QuerySet[SecurityEvent]":
    """What happened to this user, the newest first; failures are known by the e-mail typed."""
    events = SecurityEvent.objects.filter(Q(user=user) | Q(user=None, email=user.email))
    return events.select_related("actor")[:SHOWN_EVENTS]


def counts() -> dict[str, int]:
    active = User.objects.filter(is_active=True).count()
    return {"active": active, "inactive": User.objects.filter(is_active=False).count()}


def users_said() -> str:
    count = counts()["active"]
    said = ngettext("One person can sign in.", "%(count)d people can sign in.", count)
    return said % {"count": count}
