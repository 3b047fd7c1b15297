"""Writes down whose sensitive values an export holds in the clear."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from kith.accounts.actors import SYSTEM
from kith.core.fields import Field
from kith.core.kinds.sealed import Sealed
from kith.core.record_types import RecordType
from kith.history.models import ChangeSet, Door
from kith.records.door import change_set
from kith.records.tables import States


class Revealed:
    """One export; `note` is called before a portion of its records is written."""

    def __init__(self, actor: Any, record_type: RecordType, fields: Sequence[Field]) -> None:
        self.actor = actor
        self.record_type = record_type
        self.names = [each.name for each in fields if isinstance(each.kind, Sealed)]
        self.door = Door.COMMAND if actor is SYSTEM else Door.SCREEN
        self._set: ChangeSet | None = None

    def note(self, states: States) -> None:
        shown = {
            pk: held
            for pk, state in states.items()
            if (held := [name for name in self.names if state.get(name)])
        }
        if not shown:
            return
        with change_set(
            actor=self.actor, door=self.door, note=_("export"), resume=self._set
        ) as changes:
            changes.note_revealed(self.record_type, shown)
            self._set = changes.record
