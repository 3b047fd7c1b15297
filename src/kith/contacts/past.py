"""A contact as it was after one of its changes, beside what it holds now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString

from kith.contacts.card import Card
from kith.contacts.display import draw
from kith.contacts.record import CONTACT
from kith.contacts.timeline import TOLD
from kith.core.fields import Field, Value
from kith.core.record_types import Values
from kith.history.models import Change, ChangeSet
from kith.history.queries import state_after
from kith.records.pointers import gone, unfit


@dataclass(frozen=True)
class PastField:
    """`lost`: the value can't come back, because an option or a user it names is gone."""

    name: str
    label: Any
    then: SafeString
    now: SafeString
    differs: bool
    lost: bool


@dataclass(frozen=True)
class Past:
    card: Card
    change: Change

    @property
    def change_set(self) -> ChangeSet:
        return self.change.change_set

    @cached_property
    def state(self) -> Values:
        return state_after(self.change, self.card.state)

    @cached_property
    def fields(self) -> Sequence[PastField]:
        """Those that held or hold something, in the order of the card."""
        lost = unfit(CONTACT, self.state, gone(CONTACT, [self.state]))
        found = (self._field(each, each.name in lost) for each in CONTACT.fields if _told(each))
        return [each for each in found if each.then or each.now or each.lost]

    def _field(self, field: Field, lost: bool) -> PastField:  # noqa: FBT001
        then, now = self.state.get(field.name), self.card.state.get(field.name)
        return PastField(
            field.name,
            field.label,
            self._drawn(field, then),
            self._drawn(field, now),
            field.kind.alters(then, now),
            lost,
        )

    def _drawn(self, field: Field, value: Value) -> SafeString:
        return draw(field, value, self.card.context)

    @property
    def changed(self) -> Sequence[PastField]:
        return [each for each in self.fields if each.differs]

    @property
    def unchanged(self) -> Sequence[PastField]:
        return [each for each in self.fields if not each.differs]

    def values(self, names: Sequence[str]) -> Values:
        """What these fields held, of those that differ and can come back."""
        usable = {each.name for each in self.changed if not each.lost}
        return {name: self.state.get(name) for name in names if name in usable}


def _told(field: Field) -> bool:
    return field.tracked and (not field.system or field.name in TOLD)
