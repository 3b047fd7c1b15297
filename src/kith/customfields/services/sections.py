"""Sections of the form and the card: own ones, other names, another order."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.core.errors import Refused
from kith.core.record_types import registry
from kith.core.shapes import shapes
from kith.core.text import fold, plain
from kith.customfields.holding import one_at_a_time
from kith.customfields.queries import sections, type_shaped
from kith.customfields.services.saving import said_of, save
from kith.history.models import ChangeSet, Door
from kith.records.checking import Draft
from kith.records.door import change_set

MOST = 40
LONGEST = 60


@one_at_a_time()
def section_create(
    *, actor: Any, label: str, record_type: str = "contact"
) -> tuple[str, ChangeSet | None]:
    """Make a section behind the others; returns its key too. Raises Refused."""
    shaped = type_shaped(record_type)
    label = _label(shaped.sections, "", label)
    if len(shaped.sections) >= MOST:
        raise Refused(_("There are as many sections as there may be."), code="too-many")
    known = {name for name, _label in shaped.sections}
    name = next(each for number in range(1, MOST * 3) if (each := f"s_{number}") not in known)
    sections_order(actor=actor, names=[*dict(shaped.sections)], record_type=record_type)
    position = (len(shaped.sections) + 1) * 10
    values = {"record_type": record_type, "name": name, "label": label, "position": position}
    return name, save(actor, "section", [Draft(values)])


@one_at_a_time()
def section_rename(
    *, actor: Any, name: str, label: str, record_type: str = "contact"
) -> ChangeSet | None:
    """An empty label gives a built-in section its own name back. Raises Refused."""
    shaped = type_shaped(record_type)
    if name not in dict(shaped.sections):
        raise Refused(_("There is no such section."), code="section-unknown")
    built_in = name in dict(shaped.declared.sections)
    label = _label(shaped.sections, name, label) if label.strip() or not built_in else ""
    stored = sections(record_type).get(name)
    return save(actor, "section", [said_of(record_type, name, stored, {"label": label})])


@one_at_a_time()
def section_move(
    *, actor: Any, name: str, by: int, record_type: str = "contact"
) -> ChangeSet | None:
    names = [each for each, _label in type_shaped(record_type).sections]
    if name not in names:
        raise Refused(_("There is no such section."), code="section-unknown")
    at = names.index(name)
    names.insert(min(max(at + by, 0), len(names) - 1), names.pop(at))
    return sections_order(actor=actor, names=names, record_type=record_type)


@one_at_a_time()
def sections_order(
    *, actor: Any, names: Sequence[str], record_type: str = "contact"
) -> ChangeSet | None:
    stored = sections(record_type)
    drafts = [
        said_of(record_type, name, stored.get(name), {"position": place * 10})
        for place, name in enumerate(names, 1)
        if name not in stored or stored[name].position != place * 10
    ]
    return save(actor, "section", drafts)


@one_at_a_time()
def section_remove(*, actor: Any, name: str, record_type: str = "contact") -> ChangeSet | None:
    """Take an own section away, once nothing is in it. Raises Refused."""
    shaped = type_shaped(record_type)
    stored = sections(record_type).get(name)
    if stored is None or name in dict(shaped.declared.sections):
        raise Refused(_("This section belongs to Kith and stays."), code="fixed")
    if any(each.section == name for each in shaped.fields):
        raise Refused(_("Move its fields to another section first."), code="not-empty")
    with change_set(actor=actor, door=Door.SCREEN) as changes:
        changes.remove_many(registry.get("section"), [stored.pk])
    shapes.look_again()
    return changes.record


def _label(known: Sequence[tuple[str, Any]], name: str, label: str) -> str:
    label = plain(label)[:LONGEST]
    if not label:
        raise Refused(_("Give the section a name."), code="label-needed")
    if any(fold(str(other)) == fold(label) for key, other in known if key != name):
        message = _("Another section is called “%(label)s” already.")
        raise Refused(message % {"label": label}, code="label-taken")
    return label
