"""How many there are of each value of a field, of what is listed."""

from collections.abc import Sequence
from typing import Any

from kith.contacts.listing.counts import MOST_COUNTED
from kith.contacts.listing.held import held
from kith.contacts.listing.selection import Seen, Selection, without
from kith.contacts.listing.state import State
from kith.contacts.models import Contact
from kith.core import kinds
from kith.core.among import among
from kith.core.fields import Field
from kith.search.limits import TooSlow, cut_off
from kith.search.syntax import Part

COUNTED = (kinds.Choice, kinds.Choices, kinds.User, kinds.Enum)
SECONDS = 0.5
"""A menu that opens without its counts is better than one that does not open."""


class Facets:
    """The contacts are gathered once for all fields that the query does not ask for."""

    def __init__(self, user: Any, state: State, seen: Seen) -> None:
        self.user = user
        self.state = state
        self._seen = seen
        self._found: dict[tuple[Part, ...], Sequence[int] | None] = {}

    def counts(self, field: Field, here: Sequence[Part]) -> dict[Any, int]:
        """Leaving out what the query says of the field itself. Nothing, where there are more than
        can be counted at once."""
        ids = self._ids(tuple(here)) if isinstance(field.kind, COUNTED) else None
        if not ids:
            return {}
        return dict(held(field, Contact.objects.filter(among("pk", ids))) or ())

    def _ids(self, here: tuple[Part, ...]) -> Sequence[int] | None:
        if here not in self._found:
            self._found[here] = self._gathered(here)
        return self._found[here]

    def _gathered(self, here: tuple[Part, ...]) -> Sequence[int] | None:
        selection = Selection(self.user, without(self.state, *here), self._seen)
        try:
            with cut_off(SECONDS):
                if selection.count() > MOST_COUNTED:
                    return None
                rows = selection.all().order_by().values_list("pk", flat=True)
                ids = list(rows[: MOST_COUNTED + 1])
        except TooSlow:
            return None
        return ids if len(ids) <= MOST_COUNTED else None
