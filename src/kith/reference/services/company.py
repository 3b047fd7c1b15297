"""Changes what is known of the firm itself."""

from collections.abc import Mapping
from typing import Any

from kith.core.holding import hold
from kith.core.record_types import registry
from kith.history.models import ChangeSet, Door
from kith.records.checking import Checked
from kith.records.door import change_set
from kith.reference import company
from kith.reference.lists import list_info


def list_grow(*, actor: Any, name: str, everybody: bool) -> ChangeSet | None:
    """Whether everybody who changes contacts adds to a list, or only those who keep lists."""
    with change_set(actor=actor, door=Door.SETTINGS, note=str(list_info(name).label)) as changes:
        hold("company")
        row = company.company_row()
        growing = (row.growing if row else {}) | {name: everybody}
        changes.save(
            registry.get("company"), Checked({"growing": growing}, id=row.pk if row else None)
        )
    return changes.record if changes.changed_anything else None


def company_save(*, actor: Any, values: Mapping[str, Any]) -> ChangeSet | None:
    """The values are trusted; those not named stay. None when nothing changed."""
    with change_set(actor=actor, door=Door.SETTINGS) as changes:
        hold("company")
        row = company.company_row()
        changes.save(registry.get("company"), Checked(dict(values), id=row.pk if row else None))
    return changes.record if changes.changed_anything else None
