"""One change to many contacts, in portions, undone as one."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.accounts.models import TeamMember
from kith.contacts.context import reading_context
from kith.contacts.models import Contact
from kith.contacts.queries import built_in_ids, in_reach
from kith.contacts.undo_address import undo_url
from kith.core import clock
from kith.core.errors import Refused, Rejected
from kith.core.habits import count_text
from kith.core.packed_ids import pack_ids
from kith.core.record_types import Values, registry
from kith.history.models import ChangeSet, Door
from kith.history.queries import changed_by
from kith.jobs.services import done_at_once, start
from kith.records.bulk import steps
from kith.records.checking import Checked
from kith.records.door import change_set
from kith.records.tables import load_states


class Do(StrEnum):
    SET = "set"
    CLEAR = "clear"
    ADD = "add"
    REMOVE = "remove"
    SHARE = "share"
    TRASH = "trash"


@dataclass(frozen=True, slots=True)
class Act:
    """What is done: `value` is in wire form; of SHARE it is a team's id."""

    do: Do
    field: str = ""
    value: Any = None

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class BulkReport:
    act: Act
    done: int = 0
    same: int = 0
    """They held it already."""
    refused: int = 0
    record: ChangeSet | None = None

    def __str__(self) -> str:
        said = self._said() % {"count": count_text(self.done)}
        if self.same:
            held = ngettext("%(count)s was so already.", "%(count)s were so already.", self.same)
            said = f"{said} {held % {'count': count_text(self.same)}}"
        if self.refused:
            left = ngettext(
                "%(count)s could not take the value and stays as it was.",
                "%(count)s could not take the value and stay as they were.",
                self.refused,
            )
            said = f"{said} {left % {'count': count_text(self.refused)}}"
        return said

    def _said(self) -> str:
        if self.act.do == Do.TRASH:
            return ngettext(
                "%(count)s contact is in the trash.",
                "%(count)s contacts are in the trash.",
                self.done,
            )
        return ngettext(
            "%(count)s contact was changed.", "%(count)s contacts were changed.", self.done
        )


def contacts_change(
    *,
    actor: Any,
    ids: Sequence[int],
    act: Act,
    door: Door = Door.SCREEN,
    resume: ChangeSet | None = None,
    on_step: Callable[[int], None] | None = None,
) -> BulkReport:
    """Each portion is a transaction. `resume` goes on in the change set of one that was stopped:
    what it had changed counts as done, and is not touched again. What is gone by then, or hidden
    from the actor, is passed over.

    Raises Refused when a team to share among has nobody.
    """
    before = changed_by(resume, "contact") if resume else set[int]()
    report = BulkReport(act, done=len(before), record=resume)
    save = partial(_save, actor=actor, door=door, report=report, values=_values_of(act))
    for first, portion in _numbered(steps(ids)):
        there = set(in_reach(actor).filter(pk__in=portion).values_list("pk", flat=True)) - before
        places = {pk: first + place for place, pk in enumerate(portion) if pk in there}
        if places:
            _write(save, places, report)
        if on_step:
            on_step(first + len(portion))
    return report


def contacts_change_now(*, actor: Any, ids: Sequence[int], act: Act) -> BulkReport:
    """For few; told behind the bell as well, as those that take longer are."""
    report = contacts_change(actor=actor, ids=ids, act=act)
    if report.done:
        done_at_once(
            "change-contacts",
            title=note_of(act),
            user=actor,
            count=report.done,
            message=str(report),
            undo=undo_url(report.record),
        )
    return report


def contacts_change_later(*, actor: Any, ids: Sequence[int], act: Act) -> str:
    """The same as a job, for many; returns what the person is told."""
    title = note_of(act)
    with change_set(actor=actor, door=Door.SCREEN, note=title) as changes:
        record = changes.record
    start(
        "change-contacts",
        title=title,
        user=actor,
        total=len(ids),
        undo=undo_url(record),
        change_set=record.pk,
        act=act.as_json(),
        ids=pack_ids(ids),
    )
    return _("They are being changed; the bar at the top shows how far it is.")


def _numbered(portions: Iterable[list[int]]) -> Iterable[tuple[int, list[int]]]:
    first = 0
    for portion in portions:
        yield first, portion
        first += len(portion)


Wanted = dict[int, Values]
Places = Mapping[int, int]
"""Of each contact: the how manieth it is of all that were chosen."""


def _values_of(act: Act) -> Callable[[Places], Wanted]:
    """What each of these contacts is to hold; those that need not change are left out. Asked
    inside the transaction that writes it."""
    match act.do:
        case Do.ADD | Do.REMOVE:
            return lambda places: _listed(list(places), act)
        case Do.SHARE:
            members = _members(act.value)
            return lambda places: {
                pk: {act.field: members[place % len(members)]} for pk, place in places.items()
            }
        case Do.TRASH:
            moment = clock.now().isoformat()
            return lambda places: {pk: {"trashed_at": moment} for pk in sorted(_standing(places))}
        case Do.CLEAR:
            empty = registry.get("contact").field(act.field).empty
            return lambda places: {pk: {act.field: empty} for pk in places}
    return lambda places: {pk: {act.field: act.value} for pk in places}


def _standing(ids: Iterable[int]) -> set[int]:
    rows = Contact.objects.filter(pk__in=ids, trashed_at=None)
    return set(rows.values_list("pk", flat=True)) - built_in_ids(ids)


def _listed(ids: list[int], act: Act) -> Wanted:
    """A list with more or with less in it; what somebody else puts in meanwhile stays in."""
    record_type = registry.get("contact")
    states = load_states(record_type, ids, [record_type.field(act.field)], lock=True)
    wanted: Wanted = {}
    for pk, state in states.items():
        held = state[act.field]
        if act.do == Do.ADD:
            new = [*held, *(each for each in act.value if each not in held)]
        else:
            new = [each for each in held if each not in act.value]
        if new != held:
            wanted[pk] = {act.field: new}
    return wanted


def _members(team: int) -> Sequence[int]:
    rows = TeamMember.objects.filter(team=team, user__is_active=True).order_by("user")
    members = list(rows.values_list("user", flat=True))
    if not members:
        raise Refused(_("Nobody who may sign in is in this team."), code="team-empty")
    return members


def _write(save: Callable[[Places], None], places: Places, report: BulkReport) -> None:
    """All at once; one by one where somebody's other values don't go with it."""
    try:
        save(places)
    except Rejected:
        for pk, place in places.items():
            try:
                save({pk: place})
            except Rejected:
                report.refused += 1


def _save(
    places: Places,
    *,
    actor: Any,
    door: Door,
    report: BulkReport,
    values: Callable[[Places], Wanted],
) -> None:
    context, note = reading_context(reader=actor), note_of(report.act)
    with change_set(
        actor=actor, door=door, note=note, resume=report.record, context=context
    ) as changes:
        wanted = values(places)
        drafts = [Checked(dict(each), id=pk) for pk, each in wanted.items()]
        changes.save_many(registry.get("contact"), drafts)
    if wanted:
        report.record = changes.record
    report.done += changes.updated
    # What is in the trash already was not asked for twice.
    asked = wanted if report.act.do == Do.TRASH else places
    report.same += len(asked) - changes.updated


def note_of(act: Act) -> str:
    if act.do == Do.TRASH:
        return _("Many contacts deleted")
    label = registry.get("contact").field(act.field).label
    return _("Many contacts changed: %(field)s") % {"field": label}
