"""History in words: what each act changed of one contact, as its card tells it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.accounts.permissions import Permission
from kith.contacts.card import Card
from kith.contacts.context import users_of
from kith.contacts.display import words
from kith.contacts.linked import relation_words
from kith.contacts.places import names_by_id
from kith.contacts.queries import in_reach
from kith.contacts.record import CONTACT, LINK, SITE
from kith.contacts.settling import BLANK
from kith.contacts.undo_address import undo_url
from kith.core.habits import count_text
from kith.core.record_types import Values, registry
from kith.history.models import Action, Change, ChangeSet, Door
from kith.history.queries import also_changed
from kith.records.access import may_take_back

MOST_LINES = 8
MOST_COUNTED = 1000
ENDS = ("contact", "other", "site")
TOLD = ("picture",)
"""What only services set, and people are told of all the same."""


def _mark(*, icon: str) -> str:
    """Spelt with its keyword, so that the build of the icons finds the name."""
    return icon


ICONS = {
    Door.SCREEN: _mark(icon="pencil"),
    Door.IMPORT: _mark(icon="file-import"),
    Door.COMMAND: _mark(icon="terminal-2"),
    Door.API: _mark(icon="api"),
    Door.UNDO: _mark(icon="arrow-back-up"),
    Door.SETTINGS: _mark(icon="settings"),
}
SEEN = _mark(icon="eye")


ACTS = {
    LINK.name: (gettext_lazy("took a link away"), gettext_lazy("linked a contact")),
    SITE.name: (gettext_lazy("took a site away"), gettext_lazy("added a site")),
}
"""What happened to one of these: taken away, made."""


@dataclass(frozen=True)
class Line:
    """One field's change in words; "" where there was nothing."""

    label: str
    old: str = ""
    new: str = ""


@dataclass
class Event:
    """One act, as web/card_parts.py draws it."""

    change_set: ChangeSet
    who: str
    icon: str
    text: str = ""
    lines: list[Line] = field(default_factory=list)
    undo_url: str = ""
    concerns: str = ""
    """How many contacts the whole act changed, where it is not this one alone."""
    link: dict[str, str] | None = None

    @property
    def at(self) -> Any:
        return self.change_set.created_at

    @property
    def changes(self) -> list[Line]:
        more = len(self.lines) - MOST_LINES
        rest = [Line(ngettext("and %d more", "and %d more", more) % more)] if more > 0 else []
        return [*self.lines[:MOST_LINES], *rest]

    @property
    def detail(self) -> str:
        undone = _("This was undone later.") if self.change_set.undone_at else ""
        return " ".join(filter(None, (self.concerns, undone)))


class Names(NamedTuple):
    """What changes call by their ids."""

    contacts: Mapping[int, str]
    sites: Mapping[int, str]


def events(card: Card, changes: Sequence[Change]) -> list[Event]:
    """The changes grouped by act. A link to a contact that the reader may not see is left out."""
    names = Names(_names_in_reach(card, changes), names_by_id(_sites_in(changes)))
    shown = [each for each in changes if _ends(card, each) <= names.contacts.keys()]
    told = [
        _event(card, run[0].change_set, run, names)
        for _id, group in groupby(shown, lambda each: each.change_set_id)
        if (run := list(group))
    ]
    _tell_concerned(card, told)
    return told


def _tell_concerned(card: Card, told: Sequence[Event]) -> None:
    """An import says so by its file's name already."""
    asked = [each.change_set.pk for each in told if each.change_set.door != Door.IMPORT]
    others = also_changed(asked, CONTACT.name, card.contact.pk, MOST_COUNTED) if asked else {}
    for event in told:
        if event.change_set.pk in others:
            event.concerns = _concerned(1 + others[event.change_set.pk])


def _concerned(count: int) -> str:
    if count > MOST_COUNTED:
        more = ngettext(
            "Part of one change of more than %(n)s contact.",
            "Part of one change of more than %(n)s contacts.",
            MOST_COUNTED,
        )
        return more % {"n": count_text(MOST_COUNTED)}
    said = ngettext(
        "Part of one change of %(n)s contact.", "Part of one change of %(n)s contacts.", count
    )
    return said % {"n": count_text(count)}


def _ends(card: Card, change: Change) -> set[int]:
    ends = {change.subject_id, change.other_subject_id} - {None, card.contact.pk}
    return {each for each in ends if each is not None}


def _names_in_reach(card: Card, changes: Iterable[Change]) -> Mapping[int, str]:
    ids = {pk for each in changes for pk in _ends(card, each)}
    if not ids:
        return {}
    return dict(in_reach(card.user).filter(pk__in=ids).values_list("pk", "name"))


def _sites_in(changes: Iterable[Change]) -> Iterator[int]:
    for each in changes:
        if each.record_type == SITE.name:
            yield each.record_id
        elif each.record_type == LINK.name:
            named = each.values.get("site")
            yield from (pk for pk in (named if isinstance(named, list) else [named]) if pk)


def _event(card: Card, change_set: ChangeSet, run: Sequence[Change], names: Names) -> Event:
    if run[0].action == Action.REVEAL:
        return _seen(card, change_set, run)
    event = Event(change_set, who_did(card, change_set), ICONS[Door(change_set.door)])
    lines = [line for each in reversed(run) for line in _lines(card, each, names)]
    event.text = _text(run, lines) + _through(change_set)
    event.lines = [] if _is_trash(run) else lines
    own = [each for each in run if each.record_type == CONTACT.name]
    if own:
        event.link = {
            "label": _("As it was then"),
            "url": reverse("contacts:past", args=[card.contact.pk, own[0].pk]),
        }
    if may_undo(card.user, change_set) and may_take_back(card.user, change_set, run):
        event.undo_url = undo_url(change_set, of=card.contact.pk)
    return event


def _seen(card: Card, change_set: ChangeSet, run: Sequence[Change]) -> Event:
    """'Asha saw the Aadhaar number'."""
    fields = registry.get(run[0].record_type).by_name
    names = [str(fields[name].label) for name in run[0].values if name in fields]
    said = _("saw the sensitive values in an export: %(fields)s") if change_set.note else _(
        "saw the sensitive value: %(fields)s")  # fmt: skip
    text = said % {"fields": ", ".join(names)}
    return Event(change_set, who_did(card, change_set), SEEN, text)


def who_did(card: Card, change_set: ChangeSet) -> str:
    if change_set.actor_id is None:
        return "Kith"
    try:
        return users_of(card.context).label(change_set.actor_id)
    except LookupError:
        return _("Somebody")


def may_undo(user: Any, change_set: ChangeSet) -> bool:
    """Who did it may take it back, and so may who looks after others' work."""
    if change_set.undone_at is not None or not user.may(Permission.CONTACT_EDIT):
        return False
    return change_set.actor_id == user.pk or user.may(Permission.CONTACT_BULK)


def _lines(card: Card, change: Change, names: Names) -> list[Line]:
    if change.record_type == LINK.name:
        return _link_lines(card, change, names)
    if change.record_type == CONTACT.name:
        return _field_lines(card, CONTACT.name, change)
    if change.record_type == SITE.name:
        return _site_lines(card, change, names)
    return [Line(str(registry.get(change.record_type).label))]


def _field_lines(card: Card, type_name: str, change: Change, about: str = "") -> list[Line]:
    lines = []
    for field_ in registry.get(type_name).fields:
        if field_.system and not field_.hidden and field_.name not in TOLD:
            continue
        if field_.name in ENDS or field_.name not in change.values:
            continue
        if field_.derived and "name" in change.values:
            continue  # The whole name says it.
        value = change.values[field_.name]
        if change.action != Action.UPDATE and value == BLANK.get(field_.name):
            continue  # Nobody has said so.
        old, new = _both(change.action, value)
        label = f"{field_.label} ({about})" if about else str(field_.label)
        lines.append(
            Line(label, words(field_, old, card.context), words(field_, new, card.context))
        )
    return lines


def _both(action: str, value: Any) -> tuple[Any, Any]:
    """Before and after."""
    if action == Action.UPDATE:
        before, after = value
        return before, after
    return (value, None) if action == Action.REMOVE else (None, value)


def _site_lines(card: Card, change: Change, names: Names) -> list[Line]:
    """A new site or one taken away in one line, a changed one by its fields."""
    if change.action == Action.UPDATE:
        return _field_lines(card, SITE.name, change, names.sites.get(change.record_id, ""))
    told = " · ".join(change.values[key] for key in ("site_name", "city") if key in change.values)
    if change.action == Action.CREATE:
        return [Line(_("Site"), new=told)]
    return [Line(_("Site"), old=told)]


def _seat_line(change: Change, about: str, names: Names) -> list[Line]:
    """At which site somebody sits now, and where before."""
    sites = (names.sites.get(pk, _("a site taken away")) if pk else _("Main site")
             for pk in change.values["site"])  # fmt: skip
    return [Line(_("Site (%(name)s)") % {"name": about}, *sites)]


def _link_lines(card: Card, change: Change, names: Names) -> list[Line]:
    name = next((names.contacts[pk] for pk in _ends(card, change)), "")
    if change.action == Action.UPDATE:
        seat = _seat_line(change, name, names) if "site" in change.values else []
        return [*_field_lines(card, LINK.name, change, name), *seat]
    told = f"{name} · {_link_words(card, change)}"
    if change.action == Action.CREATE:
        return [Line(_("Link"), new=told)]
    return [Line(_("Link"), old=told)]


def _link_words(card: Card, change: Change) -> str:
    values: Values = change.values
    relation = relation_words(
        card.context, values.get("relation"), outward=change.subject_id == card.contact.pk
    )
    return " · ".join(part for part in (values.get("job_title"), relation) if part)


def _is_trash(run: Sequence[Change]) -> bool:
    return len(run) == 1 and list(run[0].values) == ["trashed_at"]


def _text(run: Sequence[Change], lines: Sequence[Line]) -> str:
    own = [each for each in run if each.record_type == CONTACT.name]
    made = next((each for each in own if each.action == Action.CREATE), None)
    if made:
        prospect = made.values.get("is_prospect")
        return _("added this prospect") if prospect else _("added this contact")
    if any(each.action == Action.REMOVE for each in own):
        return _("took this contact away")  # Told once it is back.
    if _is_trash(run):
        before, _after = run[0].values["trashed_at"]
        return _("took this out of the trash") if before else _("moved this to the trash")
    converted = next((each for each in own if "is_prospect" in each.values), None)
    if converted:
        was_prospect = converted.values["is_prospect"][0]
        return _("made a contact of this prospect") if was_prospect else _("made this a prospect")
    first = run[0]
    if not own and first.record_type in ACTS and first.action != Action.UPDATE:
        return str(ACTS[first.record_type][first.action == Action.CREATE])
    return ngettext("changed %d field", "changed %d fields", len(lines)) % len(lines)


def _through(change_set: ChangeSet) -> str:
    """Through what it came in, when not through the screen."""
    if change_set.door == Door.IMPORT:
        return " " + _("by importing %(file)s") % {"file": change_set.note or _("a file")}
    if change_set.door == Door.COMMAND:
        return " " + _("on the command line")
    if change_set.door == Door.SETTINGS:
        return " " + _("in the settings")
    if change_set.door == Door.UNDO:
        return " " + _("by undoing an earlier change")
    return " " + _("through the API") if change_set.door == Door.API else ""
