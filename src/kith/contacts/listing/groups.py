"""Teams and divisions of the firm, as a query names them."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.accounts.models import TeamMember
from kith.contacts.context import audiences_of
from kith.contacts.listing.values import (
    Test,
    bare,
    comparable,
    names_like,
    nothing_called,
    one_of,
)
from kith.core.fields import Field
from kith.core.kinds import Groups
from kith.core.kinds.kind import Context
from kith.search.syntax import Named

MINE = "mine"
"""Those that the reader belongs to."""
NOBODY = 0
TEAM_OF_MANAGER = Field("team", _("Team"), Groups("team"))
"""No contact holds it: it is that of the account manager."""


def in_groups(field: Field, part: Named, context: Context, user: Any) -> Test:
    """Raises Unreadable."""
    found = _named(field, part, context, user) or [NOBODY]
    return lambda column: one_of(column, found)


def managed_by_team(part: Named, context: Context, user: Any) -> Test:
    """Whether the account manager belongs to one of the teams. Raises Unreadable."""
    teams = _named(TEAM_OF_MANAGER, part, context, user)
    members = TeamMember.objects.filter(team__in=teams).values_list("user", flat=True)
    found = sorted(set(members)) or [NOBODY]
    return lambda column: one_of(column, found)


def _named(field: Field, part: Named, context: Context, user: Any) -> list[int]:
    comparable(field, part, yes=False)
    return sorted({pk for each in part.values for pk in _called(field, each, context, user)})


def _called(field: Field, value: str, context: Context, user: Any) -> list[int]:
    """Those of this name, else those whose names hold the words."""
    sort = f"{field.kind.sort}:"  # type: ignore[attr-defined]
    groups = audiences_of(context)
    if bare(value).lower() == MINE:
        return [_pk(token) for token in groups.of_user(user.pk) if token.startswith(sort)]
    fits = names_like(value)
    named = [(token, folded) for token, (_name, folded, _gone) in groups.groups.items()
             if token.startswith(sort)]  # fmt: skip
    exact = groups.find(bare(value), sort)
    found = [exact] if exact else [token for token, folded in named if fits(folded)]
    return [_pk(token) for token in found] or nothing_called(field, value)


def _pk(token: str) -> int:
    return int(token.partition(":")[2])
