"""Which view an address opens, and how far what is shown has moved away from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property

from kith.core import clock
from kith.views.arrangement import Arrangement, arrange, arrangement_of
from kith.views.lists import SavedList
from kith.views.models import SavedView
from kith.views.queries import views_of

NEWS = timedelta(days=14)
SAID = ("q", "sort", "columns")
"""What of an address a view says, unless the address does."""


@dataclass(frozen=True)
class Opened:
    """`params` are those of the address, with what the view says filled in; `missing` where the
    address names a view that is gone or somebody else's."""

    saved: SavedList
    views: Sequence[SavedView]
    mine: Arrangement
    view: SavedView | None
    params: QueryDict
    missing: bool = False

    @property
    def columns(self) -> list[str]:
        return names_in(self.params)

    @cached_property
    def changed(self) -> bool:
        """Whether something would be lost by going to the view itself."""
        if self.view is None:
            usual = list(self.mine.columns or self.saved.usual())
            return bool(self.columns) and self.columns != usual
        view, params = self.view, self.params
        columns = view.names or list(self.saved.usual())
        asked = " ".join(params.get("q", "").split())
        return (
            (asked != view.query and self.saved.canonical(asked) != view.query)
            or params.get("sort", "") != view.sort
            or (self.columns or list(self.saved.usual())) != columns
        )

    @property
    def widths(self) -> dict[str, int]:
        """A user's own before those that the view was saved with."""
        held = {name: width for name, width in (self.view.columns if self.view else ()) if width}
        return held | self.mine.widths

    @property
    def density(self) -> str:
        return self.view.density if self.view else ""


def open_list(user: Any, saved: SavedList, params: QueryDict) -> Opened:
    """`params` are those of the address; without any, what the user opens first.

    A view that somebody else has shared lately is marked as met: as with a letter that was read,
    looking is the whole act, so that a GET writes it. It is written once, the mark alone, and
    nothing is lost where it is lost.
    """
    views, mine = views_of(user, saved.name), arrangement_of(user, saved.name)
    asked = params.get("view", "")
    key = asked or ("" if params else mine.default)
    view = next((each for each in views if each.key == key), None)
    filled = params.copy()
    if view:
        _fill(filled, view.key, view.query, view.sort, view.names)
    elif key in saved.queries:
        _fill(filled, "", saved.queries[key], "", ())
    if not view:
        filled.pop("view", None)
        if "columns" not in filled and mine.columns:
            filled["columns"] = ",".join(mine.columns)
    if view and is_news(user, view, mine):
        mine = arrange(user=user, name=saved.name, change=lambda now: _met(now, view))
    missing = bool(asked) and view is None and asked not in saved.queries
    return Opened(saved, views, mine, view, filled, missing)


def is_news(user: Any, view: SavedView, mine: Arrangement) -> bool:
    """Whether somebody has shared it lately, and the user has not opened it yet."""
    theirs = view.owner_id != user.pk and view.key not in mine.met
    return theirs and view.updated_at > clock.now() - NEWS


def _met(now: Arrangement, view: SavedView) -> dict[str, Any]:
    """The latest first: what was opened long ago is no news in any case."""
    return {"met": (view.key, *now.met)}


def _fill(params: QueryDict, key: str, query: str, sort: str, columns: Sequence[str]) -> None:
    if key:
        params["view"] = key
    for name, said in zip(SAID, (query, sort, ",".join(columns)), strict=True):
        if name not in params and said:
            params[name] = said


def names_in(params: QueryDict, key: str = "columns") -> list[str]:
    names = (each.strip()[:40] for text in params.getlist(key) for each in text.split(","))
    return list(dict.fromkeys(filter(None, names)))
