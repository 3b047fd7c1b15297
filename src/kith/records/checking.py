"""Checks what somebody typed, or a sheet's cells, against the declarations; stores nothing.

A draft goes in raw and comes out checked; the write door takes either, and checks the raw ones.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.utils.translation import gettext as _

from kith.core.errors import Problem
from kith.core.fields import ACCEPT, BLOCK, WARN, Field
from kith.core.kinds.kind import Caution, Context, Invalid
from kith.core.record_types import RecordType, Values


@dataclass(slots=True)
class Draft:
    """What a record shall hold. `id` None makes a new one; only the named fields change.

    `version`: the one that was edited; a newer one in the database is a conflict.
    """

    values: Mapping[str, Any]
    id: int | None = None
    version: int | None = None


@dataclass(slots=True)
class Checked:
    """A draft whose values are in wire form. Not to be written while it has problems."""

    values: Values
    id: int | None = None
    version: int | None = None
    problems: list[Problem] = field(default_factory=list)
    cautions: list[Problem] = field(default_factory=list)


Cleaned: TypeAlias = tuple[Any, Sequence[Caution]]
Clean: TypeAlias = Callable[[Field, Any, Context], Cleaned]


def clean_value(field_: Field, raw: Any, context: Context) -> Cleaned:
    """The value in wire form, and what is doubtful about it, as the field's policy has it.

    Raises Invalid.
    """
    context.cautions.clear()
    value = field_.kind.clean(raw, context)
    if field_.required and value in (None, "", []):
        message = _("%(field)s is needed.") % {"field": field_.label}
        raise Invalid("required", message)
    if not context.cautions:
        return value, ()
    return _as_policy(field_, value, context)


def policy_of(field_: Field, context: Context) -> str:
    """What becomes of a doubtful value: what this piece of work says, else the administrator."""
    return context.policies.get(field_.name) or field_.policy or WARN


def _as_policy(field_: Field, value: Any, context: Context) -> Cleaned:
    policy = policy_of(field_, context)
    if policy == BLOCK:
        first = context.cautions[0]
        raise Invalid(first.code, first.message, first.value)
    if policy == ACCEPT:
        return field_.kind.accept(value), ()
    return value, tuple(context.cautions)


def clean_beside(stored: Values) -> Clean:
    """Cleans as ever, but a doubtful value that is stored already is told and never refused: it
    must not stand in the way of who changes something else."""

    def clean(field_: Field, raw: Any, context: Context) -> Cleaned:
        try:
            return clean_value(field_, raw, context)
        except Invalid:
            held = stored.get(field_.name)
            if policy_of(field_, context) != BLOCK or held in (None, "", []):
                raise
            context.cautions.clear()
            value = field_.kind.clean(raw, context)
            if not context.cautions or held not in (value, field_.kind.accept(value)):
                raise
            return held, tuple(context.cautions)

    return clean


def check(
    record_type: RecordType,
    draft: Draft,
    context: Context,
    index: int = 0,
    clean: Clean = clean_value,
) -> Checked:
    """Clean every value of the draft. Cross-field rules follow at the door, or in `settle_new`."""
    checked = Checked({}, draft.id, draft.version)
    for name, raw in draft.values.items():
        take(checked, record_type, name, raw, context, index=index, clean=clean)
    return checked


def take(
    checked: Checked,
    record_type: RecordType,
    name: str,
    raw: Any,
    context: Context,
    *,
    index: int = 0,
    clean: Clean = clean_value,
) -> None:
    """One value more, or what is wrong with it."""
    field_ = record_type.field(name)
    try:
        checked.values[name], cautions = clean(field_, raw, context)
    except Invalid as error:
        told = field_.kind.told(raw)
        checked.problems.append(Problem(name, error.code, error.message, told, index))
    else:
        if cautions:
            checked.cautions += [
                Problem(name, each.code, each.message, each.value, index) for each in cautions
            ]


def doubt(
    record_type: RecordType, checked: Checked, context: Context, before: Values | None = None
) -> None:
    """Adds what the values say against each other, and against what is stored; where a policy
    blocks the field, it is a problem, unless the stored values were at odds so already."""
    told = {problem.field for problem in (*checked.problems, *checked.cautions)}
    for each in record_type.doubts(before or {}, checked.values):
        policy = policy_of(record_type.field(each.field), context)
        if each.field in told or policy == ACCEPT:
            continue
        refused = policy == BLOCK and not _was_so(record_type, each, before or {})
        (checked.problems if refused else checked.cautions).append(each)


def _was_so(record_type: RecordType, doubt: Problem, before: Values) -> bool:
    stored = record_type.doubts({}, before)
    return any((each.field, each.code) == (doubt.field, doubt.code) for each in stored)


def settle_new(record_type: RecordType, checked: Checked) -> None:
    """Apply the cross-field rules of a record to be made; adds what they derive or refuse."""
    checked.values, problems = record_type.settle({}, checked.values)
    refused = {problem.field for problem in checked.problems}
    checked.problems += [each for each in problems if each.field not in refused]
