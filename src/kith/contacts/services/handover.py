"""Handing contacts over: from one account manager to another, or to a team in even shares."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.accounts.audiences import audiences_intern, find
from kith.accounts.models import Team, TeamMember, User
from kith.contacts.models import LISTED, Contact
from kith.contacts.queries import in_reach
from kith.contacts.undo_address import undo_url
from kith.core.errors import Refused
from kith.core.habits import count_text
from kith.core.record_types import registry
from kith.history.models import ChangeSet, Door
from kith.jobs.services import done_at_once, start
from kith.records.bulk import steps
from kith.records.checking import Checked
from kith.records.door import Changes, change_set
from kith.records.tables import load_states

APART = (LISTED, Q(trashed_at=None, is_prospect=True), Q(trashed_at__isnull=False))
"""All contacts, by what has an index of its own: to count them all at once each must be read."""


def managed_by(actor: Any, user: User) -> int:
    """How many contacts are the user's, of those that the actor sees; those in the trash too."""
    return in_reach(actor).filter(manager=user).count()


def managers_replace(
    *,
    actor: Any,
    old: User,
    new: User | None = None,
    team: Team | None = None,
    door: Door = Door.SCREEN,
    resume: ChangeSet | None = None,
    on_step: Callable[[int], None] | None = None,
) -> tuple[int, ChangeSet | None]:
    """Give all contacts of one account manager to another, to a team's members in even shares,
    or with neither to nobody. Returns how many, and the change set that undo takes back.

    What the actor does not see stays as it is, but for the contacts that only `old` could see, who
    can't sign in any more: they pass to `new`, since nobody else would ever find them. Each
    portion is a transaction; `resume` goes on in the change set of one that was stopped. Raises
    Refused for an empty team.
    """
    shares = cycle(_takers(new, team))
    record, done, seen = resume, 0, 0
    ids = list(in_reach(actor).filter(manager=old).order_by("pk").values_list("pk", flat=True))
    for portion in steps(ids):
        with change_set(actor=actor, door=door, note=_note(old), resume=record) as changes:
            done += _give(changes, old, portion, shares)
            record = changes.record
        seen += len(portion)
        if on_step:
            on_step(seen)
    if new is None or old.is_active:
        return done, record
    passed, record = _pass_private(actor, old, new, door, record)
    return done + passed, record


def _give(changes: Changes, old: User, ids: Sequence[int], shares: Iterator[int | None]) -> int:
    """How many of them still were the user's: whom somebody else has got meanwhile keeps them."""
    contact = registry.get("contact")
    states = load_states(contact, ids, [contact.field("manager")], lock=True)
    mine = [pk for pk in ids if pk in states and states[pk]["manager"] == old.pk]
    changes.save_many(contact, [Checked({"manager": next(shares)}, id=pk) for pk in mine])
    return len(mine)


def _takers(new: User | None, team: Team | None) -> Sequence[int | None]:
    if team is None:
        return [new.pk if new else None]
    members = TeamMember.objects.filter(team=team, user__is_active=True).order_by("user")
    ids = list(members.values_list("user", flat=True))
    if not ids:
        raise Refused(_("Nobody who may sign in is in this team."), code="team-empty")
    return ids


def _note(old: User) -> str:
    return _("Contacts of %(name)s handed over") % {"name": old.name}


def _pass_private(
    actor: Any, old: User, new: User, door: Door, record: ChangeSet | None
) -> tuple[int, ChangeSet | None]:
    """What only `old` could see. The actor is told nothing of it but that it was done."""
    alone = frozenset([f"user:{old.pk}"])
    reach = find([alone]).get(alone)
    if reach is None:
        return 0, record
    passed = 0
    rows = Contact.objects.filter(reach=reach).order_by("pk").values_list("pk", "manager")
    for portion in steps([pk for pk, _manager in rows]):
        with change_set(actor=actor, door=door, note=_note(old), resume=record) as changes:
            _take(changes, portion, old, new)
            record = changes.record
        passed += len(portion)
    return passed, record


def _take(changes: Changes, ids: Sequence[int], old: User, new: User) -> None:
    theirs = frozenset([f"user:{new.pk}"])
    reach = audiences_intern(actor=changes.actor, sets=[theirs])[theirs]
    mine = set(Contact.objects.filter(pk__in=ids, manager=old).values_list("pk", flat=True))
    drafts = [
        Checked({"accessibility": reach, **({"manager": new.pk} if pk in mine else {})}, id=pk)
        for pk in ids
    ]
    changes.save_many(registry.get("contact"), drafts)


def handed_over_words(count: int, to: User | Team | None) -> str:
    if to is None:
        said = ngettext(
            "%(count)s contact has no account manager now.",
            "%(count)s contacts have no account manager now.",
            count,
        )
    else:
        said = ngettext(
            "%(count)s contact was handed over to %(name)s.",
            "%(count)s contacts were handed over to %(name)s.",
            count,
        )
    return said % {"count": count_text(count), "name": to.name if to else ""}


def _title(old: User, to: User | Team | None) -> str:
    if to is None:
        return _("Removing %(name)s as account manager") % {"name": old.name}
    return _("Handing over the contacts of %(name)s") % {"name": old.name}


def managers_replace_now(
    *, actor: Any, old: User, new: User | None = None, team: Team | None = None
) -> tuple[str, ChangeSet | None]:
    """For few; told behind the bell as well, as those that take longer are."""
    count, record = managers_replace(actor=actor, old=old, new=new, team=team)
    said = handed_over_words(count, new or team)
    if record:
        done_at_once(
            "hand-over",
            title=_title(old, new or team),
            user=actor,
            count=count,
            message=said,
            undo=undo_url(record),
        )
    return said, record


def managers_replace_later(
    *, actor: Any, old: User, new: User | None = None, team: Team | None = None, count: int
) -> str:
    """The same as a job, for many; returns what the person is told. It goes on in a change set
    that stands already, however often it is interrupted."""
    title = _title(old, new or team)
    with change_set(actor=actor, door=Door.SCREEN, note=title) as changes:
        record = changes.record
    start(
        "hand-over",
        title=title,
        user=actor,
        total=count,
        undo=undo_url(record),
        change_set=record.pk,
        old=old.pk,
        new=new.pk if new else None,
        team=team.pk if team else None,
    )
    return _("Their contacts are being handed over; the bar at the top shows how far it is.")


def managed_counts(actor: Any) -> dict[int, int]:
    """By account manager: how many contacts are theirs, of those that the actor sees; those in
    the trash too."""
    rows = in_reach(actor).exclude(manager=None).order_by()
    counts: Counter[int] = Counter()
    for part in APART:
        counts.update(dict(rows.filter(part).values_list("manager").annotate(Count("pk"))))
    return dict(counts)
