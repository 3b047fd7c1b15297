"""Reads users, teams and divisions for forms, lists and sheets."""

from collections.abc import Iterable, Sequence

from django.db.models import CharField, Value
from django.utils.functional import cached_property

from kith.accounts import audiences
from kith.accounts.models import Division, DivisionMember, Team, TeamMember, User
from kith.core.kinds.audience import EVERYONE, ME
from kith.core.prepared import Prepared
from kith.core.text import fold

USERS = Prepared(
    lambda: User.objects.order_by("name", "pk").values_list(
        "pk", "name", "email", "employee_code", "is_active"
    )
)


class Users:
    """A UserBook for one piece of work; the users of a firm are few and read in one query."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}
        self._active: list[tuple[int, str]] = []
        self._called: list[tuple[int, tuple[str, ...]]] = []
        self._read = False

    def find(self, text: str) -> int | None:
        """By e-mail, employee code or name, whatever the case. The inactive are not found."""
        self._load()
        return self._ids.get(fold(text))

    @cached_property
    def _ids(self) -> dict[str, int]:
        """By all that each is called: a page only tells names, and need not fold them."""
        return {fold(key): pk for pk, keys in self._called for key in keys if key}

    def label(self, user_id: int) -> str:
        """Raises LookupError for an id that no user has."""
        self._load()
        return self._names[user_id]

    def choices(self) -> list[tuple[int, str]]:
        """(id, name) of the users that something can be given to, by name."""
        self._load()
        return self._active

    def _load(self) -> None:
        if self._read:
            return
        for pk, name, email, code, active in USERS.rows():
            self._names[pk] = name or email
            if active:
                self._active.append((pk, name or email))
                self._called.append((pk, (name, code, email)))
        self._read = True


class Audiences:
    """An AudienceBook for one piece of work. What is not asked for is not read."""

    def __init__(self, users: Users) -> None:
        self._users = users
        self._members: dict[int, frozenset[str]] = {}

    def find(self, text: str, sort: str = "") -> str | None:
        """Users first, then teams, then divisions; neither the inactive nor the archived."""
        user = None if sort else self._users.find(text)
        if user is not None:
            return f"user:{user}"
        folded = fold(text)
        return next((t for t, (_n, f, archived) in self.groups.items()
                     if f == folded and not archived and t.startswith(sort)), None)  # fmt: skip

    def label(self, token: str) -> str:
        kind, _colon, pk = token.partition(":")
        if kind != "user":
            return self.groups.get(token, ("", "", True))[0]
        try:
            return self._users.label(int(pk))
        except LookupError:
            return ""

    def members(self, audience_id: int) -> Iterable[str] | None:
        if audience_id == EVERYONE:
            return ()
        if audience_id not in self._members:
            self._members |= audiences.members_of([audience_id])
        return self._members.get(audience_id)

    def known(self, tokens: Iterable[str]) -> int | None:
        wanted = frozenset(tokens)
        return None if ME in wanted else audiences.find([wanted]).get(wanted)

    def holds(self, tokens: Iterable[str], user_id: int) -> bool:
        return not self.of_user(user_id).isdisjoint(tokens)

    def of_user(self, user_id: int) -> set[str]:
        """The tokens that stand for the user: their own, their teams', their divisions'."""
        return {
            f"user:{user_id}",
            *(f"team:{pk}" for pk in _ids(TeamMember, "team", user_id)),
            *(f"division:{pk}" for pk in _ids(DivisionMember, "division", user_id)),
        }

    def choices(self) -> Sequence[tuple[str, str, str]]:
        """(token, name, kind) of all that may be chosen."""
        users = [(f"user:{pk}", name, "user") for pk, name in self._users.choices()]
        groups = [
            (token, name, token.partition(":")[0])
            for token, (name, _folded, archived) in self.groups.items()
            if not archived
        ]
        return [*groups, *users]

    @cached_property
    def groups(self) -> dict[str, tuple[str, str, bool]]:
        """By token: name, folded name, whether it is archived. Both tables in one query."""
        columns = ("sort", "pk", "name", "folded", "archived")
        teams, divisions = (
            model.objects.order_by()
            .annotate(sort=Value(kind, output_field=CharField()))
            .values_list(*columns)
            for kind, model in (("team", Team), ("division", Division))
        )
        rows = teams.union(divisions, all=True).order_by("-sort", "folded")
        return {
            f"{kind}:{pk}": (name, folded, archived) for kind, pk, name, folded, archived in rows
        }


def _ids(model: type[TeamMember] | type[DivisionMember], column: str, user_id: int) -> list[int]:
    return list(model.objects.filter(user=user_id).values_list(column, flat=True))
