"""The lists that views are kept of. An upper slice adds its own when it starts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kith.accounts.permissions import Permission
from kith.core.errors import Forbidden, NotFound
from kith.views.models import SavedView


@dataclass(frozen=True)
class SavedList:
    """built_in: (key, label, query) of the views that everybody has.
    usual: the columns it shows unless others were chosen.
    canonical: a query with the stable names of fields.
    undo: the address at which a change set is undone, given the page to go to then.
    """

    name: str
    url: str
    permission: Permission
    built_in: Sequence[tuple[str, Any, str]]
    usual: Callable[[], Sequence[str]]
    canonical: Callable[[str], str]
    undo: Callable[..., str]

    @property
    def queries(self) -> dict[str, str]:
        return {key: query for key, _label, query in self.built_in}


_lists: dict[str, SavedList] = {}


def add(*lists: SavedList) -> None:
    _lists.update({each.name: each for each in lists})


def url_of(view: SavedView) -> str:
    """Where a view is opened."""
    return f"{_lists[view.of].url}?view={view.key}"


def list_called(user: Any, name: str) -> SavedList:
    """Raises NotFound, or Forbidden where the user may not see the list."""
    if name not in _lists:
        raise NotFound
    if not user.may(_lists[name].permission):
        raise Forbidden
    return _lists[name]
