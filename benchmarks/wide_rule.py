"""What it costs to read the list when who may see what is said by 200 people and 20 teams."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from kith.accounts.actors import SYSTEM
from kith.accounts.audiences import audiences_intern
from kith.accounts.groups import team_save
from kith.accounts.models import Team, User
from kith.accounts.roles import BuiltIn
from kith.contacts.models import Contact
from kith.core.kinds.audience import EVERYONE

USERS, TEAMS, RULES = 200, 20, 40
Measure = Callable[[], list[float]]


def rule_ratio(reader: User, ask: Measure) -> float:
    """Half of the contacts under one of forty such rules, to when everybody may see them all:
    measured before and after, and by the faster quarter, because machines are noisy. The reader
    is in half of the rules."""
    rules = _rules(reader)
    open_ = ask()
    with _half_of_them(rules):
        ruled = ask()
    return _quick(ruled) / _quick(open_ + ask())


def _quick(times: list[float]) -> float:
    return sorted(times)[len(times) // 4]


def _rules(reader: User) -> list[int]:
    people = [_user(number).pk for number in range(USERS)]
    teams = [_team(number, people[number::7]).pk for number in range(TEAMS)]
    everyone = {f"user:{pk}" for pk in people} | {f"team:{pk}" for pk in teams}
    mine = {f"user:{reader.pk}"}
    sets = [
        frozenset((everyone | mine if at % 2 else everyone) - {f"user:{people[at]}"})
        for at in range(RULES)
    ]
    with transaction.atomic():
        return list(audiences_intern(actor=SYSTEM, sets=sets).values())


def _user(number: int) -> User:
    return User.objects.get_or_create(
        email=f"rule{number}@example.invalid",
        defaults={"name": f"Ruled {number}", "role_id": BuiltIn.AGENT.value},
    )[0]


def _team(number: int, members: list[int]) -> Team:
    name = f"Ruled {number}"
    found = Team.objects.filter(name=name).first()
    return found or team_save(actor=SYSTEM, name=name, members=members)


@contextmanager
def _half_of_them(rules: list[int]) -> Iterator[None]:
    public = list(Contact.objects.filter(reach=EVERYONE).values_list("pk", flat=True))[::2]
    for at, rule in enumerate(rules):
        _hand_over(public[at :: len(rules)], rule)
    _tidy()
    yield
    _hand_over(public, EVERYONE)
    _tidy()


def _hand_over(ids: list[int], reach: int) -> None:
    for at in range(0, len(ids), 10_000):
        Contact.objects.filter(pk__in=ids[at : at + 10_000]).update(reach=reach)


def _tidy() -> None:
    """As the server would by itself, some minutes later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE contacts_contact")
