"""What an administrator asks of a form: fields that are needed, and what new ones begin with."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from kith.contacts.forms.control import Control
from kith.contacts.record import CONTACT
from kith.core.errors import Problem
from kith.core.fields import ALWAYS, Field
from kith.core.kinds.kind import Context, Invalid
from kith.core.record_types import Values

EMPTY: tuple[Any, ...] = (None, "", [])
TYPE = "type:"


def is_needed(field: Field, kind: str, chosen_type: Any) -> bool:
    """Whether a contact of this kind and type needs it ("" is a kind not chosen yet)."""
    return bool({ALWAYS, kind, f"{TYPE}{chosen_type}"} & set(field.required_for))


def mark_needed(controls: Iterable[Control], kind: str, values: Values) -> None:
    """Those that are needed now, and those that another type of contact would need."""
    for control in controls:
        field = control.field
        control.required |= is_needed(field, kind, values.get(CONTACT.type_field))
        if not {ALWAYS, kind} & set(field.required_for):
            types = [each for each in field.required_for if each.startswith(TYPE)]
            control.types = [f"id:{each.removeprefix(TYPE)}" for each in types]


def still_needed(
    controls: Iterable[Control], kind: str, stored: Values, given: Values
) -> Iterator[Problem]:
    values = stored | given
    for control in controls:
        field = control.field
        if values.get(field.name) in EMPTY and is_needed(
            field, kind, values.get(CONTACT.type_field)
        ):
            message = _("%(field)s is needed.") % {"field": field.label}
            yield Problem(field.name, "required", message)


def begin_with(controls: Iterable[Control], context: Context) -> None:
    """Fill what a new form begins with. A default that no longer fits is left out."""
    for control in controls:
        if control.field.first:
            try:
                control.value = control.field.kind.clean(control.field.first, context)
            except Invalid:
                continue


def needed_at_once(names: Iterable[str]) -> list[Field]:
    """The fields that even the shortest form asks for, besides these."""
    known = set(names)
    return [
        each
        for each in CONTACT.fields
        if {ALWAYS, "person"} & set(each.required_for) and each.name not in known
    ]
