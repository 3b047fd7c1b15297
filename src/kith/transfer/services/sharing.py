"""Who gets the new records of an import: the members of a team in turn."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from kith.accounts.models import Team, TeamMember
from kith.core.errors import Refused
from kith.core.text import fold


def team_members(name: str) -> Sequence[int]:
    """The active members, always in the same order. Raises Refused for a team without any."""
    team = Team.objects.filter(folded=fold(name), archived=False).first()
    members = members_of(team.pk) if team else []
    if not members:
        raise Refused(_("There is no team “%(name)s” with members.") % {"name": name})
    return members


def members_of(team: int) -> list[int]:
    """The ids of the active ones, always in the same order."""
    members = TeamMember.objects.filter(team=team, user__is_active=True)
    return list(members.order_by("user").values_list("user", flat=True))


def teams() -> list[tuple[int, str]]:
    """(id, name) of those in use, by name."""
    rows = Team.objects.filter(archived=False).order_by("folded")
    return list(rows.values_list("pk", "name"))


def team_of(members: Sequence[int]) -> int | None:
    """Which team these are, to show what was chosen."""
    return next((pk for pk, _name in teams() if members_of(pk) == list(members)), None)
