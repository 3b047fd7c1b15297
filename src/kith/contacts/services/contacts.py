"""Changes to contacts. Callers have checked what the actor may do; the door checks the values."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.contacts.context import reading_context
from kith.contacts.queries import built_in_ids
from kith.core import clock
from kith.core.errors import Refused
from kith.core.record_types import registry
from kith.history.models import ChangeSet, Door
from kith.records.checking import Checked, Draft
from kith.records.door import change_set


def contact_save(
    *, actor: Any, draft: Draft | Checked, door: Door = Door.SCREEN
) -> tuple[int, ChangeSet | None]:
    """Make or change one contact; gives its id, and the change set when anything changed.

    Raises Rejected with a problem for each value that can't be taken, and Conflict when the
    draft's version is not the present one.
    """
    with change_set(actor=actor, door=door, context=reading_context(reader=actor)) as changes:
        pk = changes.save(registry.get("contact"), draft)
    return pk, changes.record if changes.changed_anything else None


def contacts_trash(*, actor: Any, ids: Sequence[int], door: Door = Door.SCREEN) -> ChangeSet:
    """Put contacts into the trash, with all that belongs to them.

    Raises Refused when one of them is a contact that Kith itself needs.
    """
    if built_in_ids(ids):
        message = _("“Contacts” belongs to Kith and can't be deleted: who writes through a social "
                    "channel and is not known yet is kept there.")  # fmt: skip
        raise Refused(message, code="built-in")
    return _set_trashed(actor, ids, clock.now().isoformat(), door)


def contacts_restore(*, actor: Any, ids: Sequence[int], door: Door = Door.SCREEN) -> ChangeSet:
    """Take contacts out of the trash, whole."""
    return _set_trashed(actor, ids, None, door)


def _set_trashed(actor: Any, ids: Sequence[int], moment: str | None, door: Door) -> ChangeSet:
    with change_set(actor=actor, door=door) as changes:
        drafts = [Checked({"trashed_at": moment}, id=pk) for pk in ids]
        changes.save_many(registry.get("contact"), drafts)
        return changes.record
