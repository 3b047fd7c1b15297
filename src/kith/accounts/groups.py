"""Teams and divisions: who belongs to them. Every change is written down (see `audit`)."""

from collections.abc import Iterable
from typing import Any, TypeAlias

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from kith.core.holding import hold
from kith.core.text import fold

from . import audit
from .actors import Actor
from .models import (
    AudienceMember,
    Division,
    DivisionMember,
    SecurityEvent,
    Team,
    TeamMember,
    User,
)

Group: TypeAlias = Team | Division
Kind = SecurityEvent.Kind


@transaction.atomic
def team_save(
    *,
    actor: Actor,
    name: str,
    members: Iterable[int],
    supervisors: Iterable[int] = (),
    archived: bool = False,
    team: Team | None = None,
) -> Team:
    """Supervisors are members too. Raises ValidationError for a name that is taken."""
    saved = _named(team or Team(), name, archived=archived)
    leading = set(supervisors)
    before = dict(TeamMember.objects.filter(team=saved).values_list("user", "is_supervisor"))
    wanted = {pk: pk in leading for pk in {*members, *leading}}
    TeamMember.objects.filter(team=saved).exclude(user__in=wanted).delete()
    TeamMember.objects.bulk_create(
        [TeamMember(team=saved, user_id=pk, is_supervisor=wanted[pk]) for pk in wanted],
        update_conflicts=True,
        unique_fields=["team", "user"],
        update_fields=["is_supervisor"],
    )
    _write_down(Kind.TEAM_SAVED, actor, saved, before, wanted, supervisors=sorted(leading))
    return saved


@transaction.atomic
def division_save(
    *,
    actor: Actor,
    name: str,
    members: Iterable[int],
    archived: bool = False,
    division: Division | None = None,
) -> Division:
    """Raises ValidationError for a name that is taken."""
    saved = _named(division or Division(), name, archived=archived)
    before = set(DivisionMember.objects.filter(division=saved).values_list("user", flat=True))
    wanted = set(members)
    DivisionMember.objects.filter(division=saved).exclude(user__in=wanted).delete()
    DivisionMember.objects.bulk_create(
        [DivisionMember(division=saved, user_id=pk) for pk in wanted - before]
    )
    _write_down(Kind.DIVISION_SAVED, actor, saved, before, wanted)
    return saved


def _named(group: Any, name: str, *, archived: bool) -> Any:
    group.name, group.folded, group.archived = name.strip(), fold(name)[:200], archived
    hold("names of groups")
    others = type(group).objects.filter(folded=group.folded).exclude(pk=group.pk)
    if others.exists():
        raise ValidationError({"name": _("There is already one with this name.")})
    group.save()
    return group


def _write_down(
    kind: SecurityEvent.Kind,
    actor: Actor,
    group: Group,
    before: Iterable[int],
    after: Iterable[int],
    **details: Any,
) -> None:
    old, new = set(before), set(after)
    audit.write(
        kind,
        actor=actor,
        name=group.name,
        archived=group.archived,
        joined=sorted(new - old),
        left=sorted(old - new),
        **details,
    )


@transaction.atomic
def user_join(*, actor: Actor, user: User, teams: Iterable[int], divisions: Iterable[int]) -> None:
    """Put a user into exactly these teams and divisions; where they supervise they go on to."""
    wanted = set(teams)
    present = set(TeamMember.objects.filter(user=user).values_list("team", flat=True))
    TeamMember.objects.filter(user=user).exclude(team__in=wanted).delete()
    TeamMember.objects.bulk_create([TeamMember(user=user, team_id=pk) for pk in wanted - present])
    wanted_divisions = set(divisions)
    held = set(DivisionMember.objects.filter(user=user).values_list("division", flat=True))
    DivisionMember.objects.filter(user=user).exclude(division__in=wanted_divisions).delete()
    DivisionMember.objects.bulk_create(
        [DivisionMember(user=user, division_id=pk) for pk in wanted_divisions - held]
    )
    if present != wanted or held != wanted_divisions:
        audit.write(
            Kind.USER_CHANGED,
            user=user,
            actor=actor,
            teams=sorted(wanted),
            divisions=sorted(wanted_divisions),
        )


@transaction.atomic
def group_remove(*, actor: Actor, group: Group) -> None:
    """Raises ValidationError when something names it, or contacts were shared with it: archive it
    then."""
    sort = "team" if isinstance(group, Team) else "division"
    if AudienceMember.objects.filter(**{sort: group}).exists():
        raise ValidationError(_("Contacts are shared with it, so it can only be archived."))
    kind = Kind.TEAM_SAVED if sort == "team" else Kind.DIVISION_SAVED
    audit.write(kind, actor=actor, name=group.name, removed=True)
    try:
        group.delete()
    except ProtectedError as error:
        raise ValidationError(_("It is in use, so it can only be archived.")) from error
