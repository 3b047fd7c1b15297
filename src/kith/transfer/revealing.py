"""Writes down whose sensitive values an export holds in the clear."""

from collections.abc import Sequence
from typing import Any

from kith.core.fields import Field
from kith.core.kinds.sealed import Sealed
from kith.history.models import Action, Change
from kith.records.door import change_set
from kith.records.reading import States
from kith.transfer.models import Export
from kith.transfer.queries import type_of
from kith.transfer.recording import door_of, note_of


class Revealed:
    """One export; `note` is called before a portion of its records is written.

    What an export that broke off has written down already, is not written down again.
    """

    def __init__(self, actor: Any, export: Export, fields: Sequence[Field]) -> None:
        self.actor = actor
        self.export = export
        self.record_type = type_of(export)
        self.names = [each.name for each in fields if isinstance(each.kind, Sealed)]
        self.again = export.change_set is not None

    def note(self, states: States) -> None:
        shown = {
            pk: held
            for pk, state in states.items()
            if (held := [name for name in self.names if state.get(name)])
        }
        for pk in self._noted(list(shown)):
            del shown[pk]
        if not shown:
            return
        with change_set(
            actor=self.actor,
            door=door_of(self.actor),
            note=note_of(self.export),
            resume=self.export.change_set,
        ) as changes:
            changes.note_revealed(self.record_type, shown)
            self.export.change_set = changes.record
            self.export.save()

    def _noted(self, ids: Sequence[int]) -> set[int]:
        if not self.again:
            return set()
        noted = Change.objects.filter(
            change_set=self.export.change_set, action=Action.REVEAL, record_id__in=ids
        )
        return set(noted.values_list("record_id", flat=True))
