"""Puts demo contacts in through the write door, and links some of them with each other."""

import datetime as dt
import secrets
from collections.abc import Callable, Sequence
from random import Random

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.accounts.roles import BuiltIn
from kith.accounts.services import user_create, user_reactivate
from kith.contacts.context import reading_context
from kith.contacts.demo.generate import Values, demo_contacts
from kith.contacts.models import ContactDocument
from kith.core.record_types import registry
from kith.history.models import ChangeSet, Door
from kith.records.checking import Checked, Draft
from kith.records.door import Changes, change_set
from kith.records.statistics import statistics_renew
from kith.search.tidying import index_tidy

COLLEAGUES = (
    ("Priya Nair", "priya.nair@demo.example", BuiltIn.MANAGER, "E01"),
    ("Lars Ødegård", "lars.odegard@demo.example", BuiltIn.AGENT, "E02"),
    ("Grace Whitfield", "grace.whitfield@demo.example", BuiltIn.AGENT, "E03"),
    ("Minh Trần", "minh.tran@demo.example", BuiltIn.READONLY, "E04"),
)

NOTE = "Demo data"


def demo_load(
    *, count: int, seed: int, today: dt.date, tell: Callable[[int], None] = lambda done: None
) -> ChangeSet | None:
    """Make `count` contacts in one change set, a transaction per thousand; `tell` hears how far.

    Also makes a few colleagues to be account managers, with passwords that nobody knows.
    """
    random = Random(seed)  # noqa: S311  the same seed shall make the same contacts
    managers = [user.pk for user in colleagues()]
    record: ChangeSet | None = None
    done = 0
    for batch in demo_contacts(count, seed=seed, today=today):
        for values in batch:
            values["manager"] = random.choice(managers) if random.random() < 0.7 else None
        record = _save(batch, record, random)
        done += len(batch)
        tell(done)
    statistics_renew(done)
    index_tidy(ContactDocument)
    return record


def colleagues() -> Sequence[User]:
    """The managers and agents among the demo's users; made when they are not there yet."""
    found = {user.email: user for user in User.objects.filter(email__endswith="@demo.example")}
    for name, email, role, code in COLLEAGUES:
        if email not in found:
            found[email] = user_create(
                email=email,
                name=name,
                password=secrets.token_urlsafe(24),
                role=role,
                employee_code=code,
            )
        elif not found[email].is_active:  # The demo was taken out meanwhile.
            user_reactivate(actor=SYSTEM, user=found[email])
    return [found[email] for _name, email, role, _code in COLLEAGUES if role != BuiltIn.READONLY]


def _save(batch: Sequence[Values], record: ChangeSet | None, random: Random) -> ChangeSet:
    with change_set(
        actor=SYSTEM,
        door=Door.COMMAND,
        note=NOTE,
        resume=record,
        context=reading_context(),
    ) as changes:
        ids = changes.save_many(registry.get("contact"), [Draft(values) for values in batch])
        _link(changes, batch, ids, random)
        return changes.record


def _link(changes: Changes, batch: Sequence[Values], ids: Sequence[int], random: Random) -> None:
    """Some couples among the people, some groups among the companies."""
    by_kind: dict[str, list[int]] = {"person": [], "company": []}
    for pk, values in zip(ids, batch, strict=True):
        by_kind[values["kind"]].append(pk)
    pairs = [
        *_pairs(by_kind["person"], "Spouse", random),
        *_pairs(by_kind["company"], "Parent company", random),
    ]
    if pairs:
        changes.save_many(registry.get("link"), pairs)


def _pairs(ids: Sequence[int], relation: str, random: Random) -> list[Checked]:
    chosen = random.sample(ids, len(ids) // 25 * 2)
    return [
        Checked({"contact": one, "other": other, "relation": {"new": relation},
                 "is_primary": False})
        for one, other in zip(chosen[::2], chosen[1::2], strict=True)
    ]  # fmt: skip
