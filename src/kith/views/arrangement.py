"""What each user makes of a list for themselves: the order of the tabs, which opens first, their
own usual columns, and how wide columns are. It comes with the user, and so costs no question."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from kith.accounts.services import preference_change

PREFERENCE = "lists"
MOST = 300


@dataclass(frozen=True)
class Arrangement:
    """`order` names tabs in the user's own order, others follow; `hidden` ones are in the menu
    only. `default` is the key of what opens first, "" for the first built-in one. `met` names
    the views of others that the user has opened."""

    default: str = ""
    order: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    widths: dict[str, int] = field(default_factory=dict)
    met: tuple[str, ...] = ()

    def tabs(self, usual: Sequence[str], there: Sequence[str]) -> list[str]:
        """The keys shown as tabs. `usual` are tabs unless somebody hides them."""
        mine = [key for key in self.order if key in there]
        return [*mine, *(each for each in usual if each not in mine and each not in self.hidden)]


def arrangement_of(user: Any, name: str) -> Arrangement:
    held = (getattr(user, "preferences", None) or {}).get(PREFERENCE) or {}
    return _read(held.get(name) or {})


def arrange(
    *, user: Any, name: str, change: Callable[[Arrangement], dict[str, Any]]
) -> Arrangement:
    """`change` is given what there is, and gives what is to be different."""

    def changed(held: Any) -> dict[str, Any]:
        now = _read((held or {}).get(name) or {})
        new = {key: each for key, each in asdict(replace(now, **change(now))).items() if each}
        return {**(held or {}), name: new}

    preference_change(user=user, name=PREFERENCE, change=changed)
    return arrangement_of(user, name)


def _read(held: dict[str, Any]) -> Arrangement:
    return Arrangement(
        default=str(held.get("default", "")),
        order=tuple(held.get("order", ()))[:MOST],
        hidden=tuple(held.get("hidden", ()))[:MOST],
        columns=tuple(held.get("columns", ())),
        widths=dict(held.get("widths", {})),
        met=tuple(held.get("met", ()))[:MOST],
    )
