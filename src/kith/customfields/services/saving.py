"""How what is said of fields and sections is stored."""

from collections.abc import Mapping, Sequence
from typing import Any

from kith.core.record_types import registry
from kith.core.shapes import shapes
from kith.customfields.models import Definition, Section
from kith.history.models import ChangeSet, Door
from kith.records.checking import Draft
from kith.records.door import change_set


def said_of(
    record_type: str, name: str, stored: Definition | Section | None, values: Mapping[str, Any]
) -> Draft:
    """Of what nothing was said yet, a row is made."""
    if stored:
        return Draft(values, id=stored.pk)
    return Draft({"record_type": record_type, "name": name, **values})


def save(actor: Any, kind: str, drafts: Sequence[Draft]) -> ChangeSet | None:
    """`kind`: "field" or "section". This process sees the new shape at once."""
    with change_set(actor=actor, door=Door.SCREEN) as changes:
        changes.save_many(registry.get(kind), drafts)
    shapes.look_again()
    return changes.record if changes.changed_anything else None
