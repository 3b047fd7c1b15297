"""One change to many contacts, in portions, undone as one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
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
from kith.core.habits import number_text
from kith.core.packed_ids import pack_ids
from kith.core.record_types import RecordType, Values, registry
from kith.history.models import ChangeSet, Door
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
        said = self._said() % {"count": number_text(f"{self.done:,}")}
        if self.same:
            held = ngettext("%(count)s was so already.", "%(count)s were so already.", self.same)
            said = f"{said} {held % {'count': number_text(f'{self.same:,}')}}"
        if self.refused:
            left = ngettext(
                "%(count)s could not take the value and stays as it was.",
                "%(count)s could not take the value and stay as they were.",
                self.refused,
            )
            said = f"{said} {left % {'count': number_text(f'{self.refused:,}')}}"
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
    """Each portion is a transaction; doing it again after a stop changes nothing twice. What is
    gone by then, or hidden from the actor, is passed over.

    Raises Refused when a team to share among has nobody.
    """
    report = BulkReport(act, record=resume)
    values = _values_of(act)
    for first, portion in _numbered(steps(ids)):
        there = set(in_reach(actor).filter(pk__in=portion).values_list("pk", flat=True))
        left = [pk for pk in portion if pk in there]
        wanted = values(registry.get("contact"), left, first)
        if act.do != Do.TRASH:
            report.same += len(left) - len(wanted)
        if wanted:
            _write(actor, wanted, act, door, report)
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


def _values_of(act: Act) -> Callable[[RecordType, list[int], int], Wanted]:
    """What each contact of a portion is to hold; those that need not change are left out."""
    match act.do:
        case Do.ADD | Do.REMOVE:
            return lambda record_type, ids, _first: _listed(record_type, ids, act)
        case Do.SHARE:
            members = _members(act.value)
            return lambda _type, ids, first: {
                pk: {act.field: members[(first + place) % len(members)]}
                for place, pk in enumerate(ids)
            }
        case Do.TRASH:
            moment = clock.now().isoformat()
            return lambda _type, ids, _first: {
                pk: {"trashed_at": moment} for pk in sorted(_standing(ids) - built_in_ids(ids))
            }
        case Do.CLEAR:
            empty = registry.get("contact").field(act.field).empty
            return lambda _type, ids, _first: {pk: {act.field: empty} for pk in ids}
    return lambda _type, ids, _first: {pk: {act.field: act.value} for pk in ids}


def _standing(ids: list[int]) -> set[int]:
    return set(Contact.objects.filter(pk__in=ids, trashed_at=None).values_list("pk", flat=True))


def _listed(record_type: RecordType, ids: list[int], act: Act) -> Wanted:
    """A list with more or with less in it."""
    states = load_states(record_type, ids, [record_type.field(act.field)])
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


def _write(actor: Any, wanted: Wanted, act: Act, door: Door, report: BulkReport) -> None:
    """All at once; one by one where somebody's other values don't go with it."""
    try:
        _save(actor, wanted, act, door, report)
    except Rejected:
        for pk, values in wanted.items():
            try:
                _save(actor, {pk: values}, act, door, report)
            except Rejected:
                report.refused += 1


def _save(actor: Any, wanted: Wanted, act: Act, door: Door, report: BulkReport) -> None:
    context = reading_context(reader=actor)
    with change_set(
        actor=actor, door=door, note=note_of(act), resume=report.record, context=context
    ) as changes:
        drafts = [Checked(dict(values), id=pk) for pk, values in wanted.items()]
        changes.save_many(registry.get("contact"), drafts)
        report.record = changes.record
    report.done += changes.updated
    report.same += len(wanted) - changes.updated


def note_of(act: Act) -> str:
    if act.do == Do.TRASH:
        return _("Many contacts deleted")
    label = registry.get("contact").field(act.field).label
    return _("Many contacts changed: %(field)s") % {"field": label}
