"""Reads users and what happened to them, for the pages of administration."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Q, QuerySet
from django.utils.translation import ngettext

from kith.accounts.groups import Group
from kith.accounts.models import (
    Division,
    DivisionMember,
    Role,
    SecurityEvent,
    Team,
    TeamMember,
    User,
)
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
    """Who is invited and has chosen no password yet can't."""
    active = User.objects.filter(is_active=True)
    count = active.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).count()
    said = ngettext("One person can sign in.", "%(count)d people can sign in.", count)
    return said % {"count": count}


MODELS: dict[str, Any] = {"team": Team, "division": Division}
MEMBERS: dict[str, Any] = {"team": TeamMember, "division": DivisionMember}


@dataclass(frozen=True)
class GroupLine:
    """A team or a division in a list."""

    group: Group
    count: int
    leads: str = ""


def groups_listed(kind: str, *, archived: bool = False) -> list[GroupLine]:
    groups = list(MODELS[kind].objects.filter(archived=archived))
    members = MEMBERS[kind].objects.filter(**{f"{kind}__in": groups})
    counts = dict(members.values_list(kind).annotate(n=Count("pk")))
    leads: dict[int, list[str]] = {}
    if kind == "team":
        leading = members.filter(is_supervisor=True).order_by("user__name")
        for group, name in leading.values_list("team", "user__name"):
            leads.setdefault(group, []).append(name)
    return [
        GroupLine(group, counts.get(group.pk, 0), ", ".join(leads.get(group.pk, [])))
        for group in groups
    ]


def group_for(kind: str, group_id: int) -> Any:
    """Raises NotFound."""
    found = MODELS[kind].objects.filter(pk=group_id).first()
    if found is None:
        raise NotFound
    return found


def group_values(group: Group) -> dict[str, Any]:
    """As a form begins with them."""
    values: dict[str, Any] = {"name": group.name, "archived": group.archived}
    if isinstance(group, Team):
        rows = list(TeamMember.objects.filter(team=group).values_list("user", "is_supervisor"))
        leading = [pk for pk, leads in rows if leads]
        return values | {"members": [pk for pk, _leads in rows], "supervisors": leading}
    users = DivisionMember.objects.filter(division=group).values_list("user", flat=True)
    return values | {"members": list(users)}


def roles_listed() -> list[tuple[Role, int]]:
    """Each role with how many have it: the built-in ones first."""
    counts = dict(User.objects.filter(is_active=True).values_list("role").annotate(n=Count("pk")))
    rows = sorted(Role.objects.all(), key=lambda role: (not role.is_built_in, fold(role.name)))
    return [(role, counts.get(role.key, 0)) for role in rows]


def role_for(key: str) -> Role:
    """Raises NotFound."""
    found = Role.objects.filter(key=key).first()
    if found is None:
        raise NotFound
    return found


def groups_of(user: User) -> dict[str, list[int]]:
    """The ids of the user's teams and divisions, as a form begins with them."""
    return {
        f"{kind}s": list(members.objects.filter(user=user).values_list(kind, flat=True))
        for kind, members in MEMBERS.items()
    }
