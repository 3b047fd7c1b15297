"""Making and shaping fields. What is refused is said in words; who may is checked before."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.core.errors import Refused
from kith.core.fields import ACCEPT, BLOCK, WARN
from kith.core.record_types import RecordType, registry
from kith.core.shapes import shapes
from kith.core.text import fold, plain
from kith.customfields.doubles import values_twice
from kith.customfields.holding import one_at_a_time
from kith.customfields.models import Definition
from kith.customfields.queries import definitions, field_shaped, type_shaped
from kith.customfields.services.saving import said_of, save
from kith.customfields.shaping import own_field
from kith.customfields.values import OWN_KINDS, list_of
from kith.history.models import ChangeSet, Door
from kith.records.checking import Draft
from kith.records.door import Changes, change_set

KEY = "x_"
LONGEST_KEY = 22
LONGEST_LABEL = 60
MOST_FIELDS = 200
MOST_OPTIONS = 500
POLICIES = ("", BLOCK, WARN, ACCEPT)
FLAGS = ("is_unique", "searchable", "filterable", "in_list")
CHANGEABLE = ("label", "section", "help", "first", "required_for", "policy", *FLAGS)


@one_at_a_time()
def field_create(
    *,
    actor: Any,
    label: str,
    kind: str,
    record_type: str = "contact",
    options: Sequence[str] = (),
    **more: Any,
) -> tuple[str, ChangeSet]:
    """Make a field of one's own; returns its key. `more` is what `field_update` changes.

    Raises Refused: an unknown kind, a label that another field has, too many fields.
    """
    shaped, known = type_shaped(record_type), definitions(record_type)
    _check_room(kind, known)
    name = _free_key(label, known)
    values = _checked(shaped, name, kind, {"label": label, **more})
    values.setdefault("section", shaped.custom_section)
    values |= {"record_type": record_type, "name": name, "kind": kind}
    values["position"] = max((each.position or 0 for each in known.values()), default=0) + 10_000
    with change_set(actor=actor, door=Door.SCREEN) as changes:
        changes.save(registry.get("field"), Draft(values))
        _add_options(changes, name, options if OWN_KINDS[kind].has_options else ())
    shapes.look_again()
    return name, changes.record


def _check_room(kind: str, known: Mapping[str, Definition]) -> None:
    if kind not in OWN_KINDS:
        raise Refused(_("There is no such kind of field."), code="kind-unknown")
    if sum(1 for each in known.values() if each.kind) >= MOST_FIELDS:
        raise Refused(_("There are as many fields as there may be."), code="too-many")


@one_at_a_time()
def field_update(
    *, actor: Any, name: str, values: Mapping[str, Any], record_type: str = "contact"
) -> ChangeSet | None:
    """Change what is said of a field, built in or one's own (`CHANGEABLE`). Raises Refused."""
    shaped = type_shaped(record_type)
    field_shaped(shaped, name)
    stored = definitions(record_type).get(name)
    kind = stored.kind if stored else ""
    checked = _checked(shaped, name, kind, values)
    if kind and checked.get("is_unique") and stored and not stored.is_unique:
        _refuse_doubles(actor, shaped, stored)
    return save(actor, "field", [said_of(record_type, name, stored, checked)])


@one_at_a_time()
def field_archive(
    *, actor: Any, name: str, archived: bool = True, record_type: str = "contact"
) -> ChangeSet | None:
    """Put a field out of sight, or back. Its values stay. Raises Refused for one that is needed."""
    shaped = type_shaped(record_type)
    field_shaped(shaped, name)
    if archived and name in shaped.fixed:
        raise Refused(_("This field can't be hidden: every contact needs it."), code="fixed")
    stored = definitions(record_type).get(name)
    said = said_of(record_type, name, stored, {"archived": archived})
    return save(actor, "field", [said])


@one_at_a_time()
def field_move(*, actor: Any, name: str, by: int, record_type: str = "contact") -> ChangeSet | None:
    """Move a field up (-1) or down (+1) among those of its section that are not hidden."""
    shaped = type_shaped(record_type)
    section = field_shaped(shaped, name).section
    names = [each.name for each in shaped.shape.shown_in(section) if not each.system]
    at = names.index(name) if name in names else 0
    to = min(max(at + by, 0), len(names) - 1)
    names.insert(to, names.pop(at))
    return fields_order(actor=actor, names=names, record_type=record_type)


@one_at_a_time()
def fields_order(
    *, actor: Any, names: Sequence[str], record_type: str = "contact"
) -> ChangeSet | None:
    """Put fields of a section into this order."""
    stored = definitions(record_type)
    drafts = []
    for number, name in enumerate(names, 1):
        said = stored.get(name)
        if said is None or said.position != number * 10:
            drafts.append(said_of(record_type, name, said, {"position": number * 10}))
    return save(actor, "field", drafts)


def _free_key(label: str, known: Mapping[str, Definition]) -> str:
    words = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:LONGEST_KEY].strip("_")
    base = KEY + (words or "field")
    name, number = base, 2
    while name in known:
        name, number = f"{base[:LONGEST_KEY]}{number}", number + 1
    return name


def _checked(
    record_type: RecordType, name: str, kind: str, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The values that may be changed, in wire form. Raises Refused."""
    given = {key: value for key, value in values.items() if key in CHANGEABLE}
    if "label" in given:
        given["label"] = _label(record_type, name, plain(str(given["label"])), needed=bool(kind))
    if given.get("section") and given["section"] not in dict(record_type.sections):
        raise Refused(_("There is no such section."), code="section-unknown")
    if given.get("policy", "") not in POLICIES:
        raise Refused(_("Choose what is done with a doubtful value."), code="policy-unknown")
    if "required_for" in given:
        given["required_for"] = sorted({str(each)[:40] for each in given["required_for"]}) or None
    if kind:
        return _fitting(kind, given)
    return {key: value for key, value in given.items() if key not in FLAGS}


def _label(record_type: RecordType, name: str, label: str, *, needed: bool) -> str:
    """A built-in field without a label of its own goes by the one it was declared with."""
    if not label:
        if needed:
            raise Refused(_("Give the field a label."), code="label-needed")
        return ""
    if len(label) > LONGEST_LABEL:
        message = _("Use at most %(most)d characters for the label.")
        raise Refused(message % {"most": LONGEST_LABEL}, code="label-too-long")
    for each in record_type.fields:
        if each.name != name and fold(str(each.label)) == fold(label):
            message = _("Another field is called “%(label)s” already.")
            raise Refused(message % {"label": each.label}, code="label-taken")
    return label


def _fitting(kind: str, given: dict[str, Any]) -> dict[str, Any]:
    """Without what this kind of field can't do."""
    own = OWN_KINDS[kind]
    able = {
        "is_unique": own.may_be_unique,
        "searchable": own.searchable,
        "filterable": own.filterable,
    }
    for flag in (flag for flag in FLAGS if flag in given):
        given[flag] = bool(given[flag]) and able.get(flag, True)
    return given


def _refuse_doubles(actor: Any, record_type: RecordType, stored: Definition) -> None:
    twice, known = values_twice(record_type, own_field(record_type, stored), actor)
    if not twice:
        return
    message = _("Some contacts that you may not see hold the same value.")
    if known:
        said = ", ".join(known)[:200]
        message = _("Some contacts hold the same value: %(values)s. Change these first.")
        message = message % {"values": said}
    raise Refused(message, code="not-unique")


def _add_options(changes: Changes, name: str, options: Sequence[str]) -> None:
    texts: dict[str, str] = {}
    for text in filter(None, map(plain, options)):
        texts.setdefault(fold(text), text[:100])
    drafts = [
        Draft({"list_name": list_of(name), "name": text, "position": place * 10})
        for place, text in enumerate(list(texts.values())[:MOST_OPTIONS], 1)
    ]
    if drafts:
        changes.save_many(registry.get("option"), drafts)
