"""A sensitive value is shown to somebody, and history remembers it."""

from typing import Any

from kith.contacts.context import reading_context
from kith.core.errors import NotFound
from kith.core.kinds.sealed import Sealed
from kith.core.record_types import registry
from kith.history.models import Door
from kith.records.door import change_set
from kith.records.tables import load_states


def value_reveal(*, actor: Any, contact_id: int, name: str, door: Door = Door.SCREEN) -> str:
    """The value in words. Raises NotFound when there is none, SealBroken when its key is lost."""
    contact = registry.get("contact")
    field = contact.by_name.get(name)
    if field is None or not isinstance(field.kind, Sealed):
        raise NotFound
    state = load_states(contact, [contact_id], [field]).get(contact_id, {})
    if not state.get(name):
        raise NotFound
    value = field.kind.reveal(state[name], reading_context())
    with change_set(actor=actor, door=door) as changes:
        changes.note_revealed(contact, {contact_id: [name]})
    return value
