"""Audiences: who may see a record, as one number that a record names.

Those that hold a user are read with the user (see `backend`), or once for each user object, so
that a query for what the user may see compares one column with a few numbers.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from kith.core.kinds.audience import EVERYONE
from kith.core.prepared import Slot

from .actors import SYSTEM
from .models import Audience, AudienceMember

Tokens = frozenset[str]
"""Members as text: "user:3", "team:2", "division:1"."""

MANY = 300
"""Above so many audiences a query asks for them, instead of naming them."""
_HELD = "_audiences"
_OF_USER = """
    SELECT audience_id FROM accounts_audiencemember WHERE user_id = %s
    UNION SELECT held.audience_id FROM accounts_audiencemember held
        JOIN accounts_teammember mine ON mine.team_id = held.team_id WHERE mine.user_id = %s
    UNION SELECT held.audience_id FROM accounts_audiencemember held
        JOIN accounts_divisionmember mine ON mine.division_id = held.division_id
        WHERE mine.user_id = %s
"""


def audiences_of(user: Any) -> Sequence[int] | None:
    """The ids of the audiences that hold the user, everybody's first; None when too many to name.

    Remembered by the user object, which lives as long as a request or a job.
    """
    held = getattr(user, _HELD, None)
    if held is None:
        held = _read(user)
        setattr(user, _HELD, held)
    return held or None


def holds(user: Any, audience: int) -> bool:
    """Whether the user is one of them."""
    ids = audiences_of(user)
    if ids is not None:
        return audience in ids
    return Audience.objects.filter(pk=audience, pk__in=holding(user)).exists()


def _read(user: Any) -> tuple[int, ...]:
    """The empty tuple stands for too many."""
    ids = _ids(user)
    if ids is None:
        with connection.cursor() as cursor:
            cursor.execute(f"{_OF_USER} LIMIT {MANY + 1}", [user.pk] * 3)
            ids = [row[0] for row in cursor.fetchall()]
    return (EVERYONE, *sorted(ids)) if len(ids) <= MANY else ()


def _ids(user: Any) -> list[int] | None:
    """What was read together with the user."""
    text = getattr(user, "audience_text", None)
    return None if text is None else [int(each) for each in text.split(",") if each]


def with_user(user_id: int | Slot) -> RawSQL:
    """The same ids as one column of the query that reads the user."""
    gathered = (
        "string_agg(audience_id::text, ',')"
        if connection.vendor == "postgresql"
        else "group_concat(audience_id)"
    )
    few = f"{_OF_USER} LIMIT {MANY + 1}"
    sql = f"SELECT coalesce({gathered}, '') FROM ({few}) held"  # noqa: S608 (text of ours; the id is a parameter)
    return RawSQL(sql, [user_id] * 3)  # noqa: S611 (the same)


def holding(user: Any) -> RawSQL:
    """The ids as a subquery, for who has too many to name."""
    return holding_id(user.pk)


def holding_id(user_id: int | Slot) -> RawSQL:
    return RawSQL(_OF_USER, [user_id] * 3)  # noqa: S611 (text of ours; the id is a parameter)


def forget(user: Any) -> None:
    """Read again next time: an audience was made, or the user has joined a team."""
    if user is not SYSTEM:
        setattr(user, _HELD, None)
        user.audience_text = None


def key_of(tokens: Iterable[str]) -> str:
    """By what an audience is found again."""
    return hashlib.sha256(",".join(sorted(tokens)).encode()).hexdigest()


def find(sets: Iterable[Tokens]) -> dict[Tokens, int]:
    """The audiences that there are already, by their members."""
    keys = {key_of(each): each for each in sets}
    rows = Audience.objects.filter(key__in=list(keys)).values_list("key", "pk")
    return {keys[key]: pk for key, pk in rows}


def members_of(ids: Iterable[int]) -> Mapping[int, Tokens]:
    found: dict[int, set[str]] = {}
    rows: QuerySet[Any, Any] = AudienceMember.objects.filter(audience__in=ids)
    for pk, user, team, division in rows.values_list("audience", "user", "team", "division"):
        found.setdefault(pk, set()).add(_token(user, team, division))
    return {pk: frozenset(tokens) for pk, tokens in found.items()}


def _token(user: int | None, team: int | None, division: int | None) -> str:
    if user:
        return f"user:{user}"
    return f"team:{team}" if team else f"division:{division}"


def audiences_ensure() -> None:
    """Everybody's row; migrations and the tests call for it."""
    Audience.objects.get_or_create(pk=EVERYONE, defaults={"key": "all"})


def audiences_intern(*, actor: Any, sets: Iterable[Tokens]) -> dict[Tokens, int]:
    """The ids of the audiences with these members; those that are not there are made.

    Inside a transaction: who comes second waits for the first, and finds what that has made.
    """
    wanted = set(sets)
    found = find(wanted)
    if len(found) < len(wanted):
        list(Audience.objects.select_for_update(no_key=True).filter(pk=EVERYONE))
        found = find(wanted)
        for tokens in sorted(wanted - found.keys(), key=sorted):
            found[tokens] = _make(tokens)
        forget(actor)
    return found


def _make(tokens: Tokens) -> int:
    audience = Audience.objects.create(key=key_of(tokens))
    members = [AudienceMember(audience=audience, **_columns(each)) for each in sorted(tokens)]
    AudienceMember.objects.bulk_create(members)
    return audience.pk


def _columns(token: str) -> dict[str, int]:
    kind, pk = token.split(":")
    return {f"{kind}_id": int(pk)}
