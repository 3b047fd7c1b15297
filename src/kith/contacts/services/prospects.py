"""Prospects become contacts, with everything they carry."""

from collections.abc import Sequence
from typing import Any

from kith.contacts.queries import primary_companies, prospects_visible_to
from kith.core.record_types import registry
from kith.history.models import ChangeSet, Door
from kith.records.checking import Checked
from kith.records.door import change_set


def prospects_convert(
    *, actor: Any, ids: Sequence[int], door: Door = Door.SCREEN
) -> tuple[list[int], ChangeSet | None]:
    """Give each its code as a contact; the ids of all that were converted, and the change set.

    The company that a person stands for comes along, where it is a prospect as well. What is no
    prospect that the actor may see is passed over.
    """
    contact = registry.get("contact")
    with change_set(actor=actor, door=door) as changes:
        wanted = _prospects(actor, ids)
        companies = [company for _link, company, _name in primary_companies(wanted, actor).values()]
        found = sorted({*wanted, *_prospects(actor, companies)})
        changes.save_many(
            contact,
            [Checked({"is_prospect": None, "code": contact.code_of(pk)}, id=pk) for pk in found],
        )
    return found, changes.record if changes.changed_anything else None


def _prospects(actor: Any, ids: Sequence[int]) -> list[int]:
    return list(prospects_visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
