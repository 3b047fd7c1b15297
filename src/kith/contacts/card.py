"""The card's registry: slices add tabs and side panels; the card only draws what is registered.

    card_panels.add(CardPanel("tasks", _("Tasks"), order=20, render=..., count=...))

from a slice's `apps.ready()`. `place` "tab" makes a tab of the middle column, "side" a panel of
the right one.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from kith.contacts.models import Contact
from kith.core.kinds.kind import Context
from kith.core.record_types import Values

TAB, SIDE = "tab", "side"


@dataclass
class Card:
    """What a panel is drawn from. `params` are those of the address (filters, paging)."""

    contact: Contact
    state: Values
    user: Any
    context: Context
    params: Any = field(default_factory=dict)
    csrf_token: str = ""
    mates: Sequence[Any] | None = None
    places: list[Any] | None = None
    at_odds: dict[str, str] | None = None

    def may(self, permission: str) -> bool:
        return bool(self.user.may(permission))


@dataclass(frozen=True)
class CardPanel:
    """`render` gives safe HTML, "" to be left out; `count` the figure beside the label."""

    name: str
    label: Any
    order: int
    render: Callable[[Card], SafeString]
    count: Callable[[Card], str] | None = None
    place: str = TAB
    permission: str = ""


class Panels:
    def __init__(self) -> None:
        self._panels: dict[str, CardPanel] = {}

    def add(self, *panels: CardPanel) -> None:
        for panel in panels:
            known = self._panels.setdefault(panel.name, panel)
            if known is not panel:
                raise ValueError(f"two panels of the card are called {panel.name!r}")

    def of(self, card: Card, place: str) -> Iterator[CardPanel]:
        """In their order, without those that the reader's role does not allow."""
        for panel in sorted(self._panels.values(), key=lambda each: each.order):
            if panel.place == place and (not panel.permission or card.may(panel.permission)):
                yield panel


card_panels = Panels()
