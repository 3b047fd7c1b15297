"""All that a list shows, or what was ticked in it: in order, now or later in a job."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from django.db.models import QuerySet
from django.http import QueryDict

from kith.contacts.context import reading_context
from kith.contacts.listing.selection import Seen, Selection
from kith.contacts.listing.sorting import Order
from kith.contacts.listing.state import RELEVANCE, State, read_state
from kith.contacts.queries import prospects_visible_to, visible_to
from kith.transfer.models import Export


@dataclass(frozen=True)
class Asked:
    """`address` is what stands behind the list's '?'; `ids` are the ticked ones, if it is they."""

    address: str = ""
    prospects: bool = False
    ids: Sequence[int] | None = None

    @classmethod
    def of(cls, export: Export) -> Self:
        return cls(**export.asked, ids=export.ids)

    def as_json(self) -> dict[str, Any]:
        return {"address": self.address, "prospects": self.prospects}

    @property
    def seen(self) -> Seen:
        return prospects_visible_to if self.prospects else visible_to

    def state(self, user: Any) -> State:
        return read_state(QueryDict(self.address), reading_context(reader=user))

    def in_order(self, user: Any, most: int | None = None) -> Iterable[int]:
        if self.ids is not None:
            return self.ids[:most]
        return listed_ids(user, self.state(user), self.seen, most)


def listed_ids(user: Any, state: State, seen: Seen, most: int | None = None) -> Iterable[int]:
    """In the order of the list; best matches first is by name here. Raises Refused."""
    order = Order("name" if state.sort == RELEVANCE else state.sort)
    contacts = Selection(user, state, seen).understood()
    return islice(_in_parts(order, contacts, user, most), most)


def _in_parts(order: Order, contacts: QuerySet[Any], user: Any, most: int | None) -> Iterator[int]:
    for part in order.parts(contacts, user):
        rows = part.contacts.order_by(*part.order.columns(backwards=False))
        yield from rows.values_list("pk", flat=True)[:most].iterator()
