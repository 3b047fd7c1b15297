"""The tabs above a list: the views that everybody has, one's own and those that are shared."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from kith.views.access import may_change
from kith.views.lists import SavedList
from kith.views.models import SavedView
from kith.views.opening import Opened, is_news
from kith.web.lists import Act, Tabs, Unsaved, View

MOST_TABS = 12
"""More of them are in the menu."""


class Here(NamedTuple):
    """The tab that is open, what is asked for in it, and how many that finds."""

    key: str
    query: str
    found: str


def labels(saved: SavedList, views: Sequence[SavedView]) -> dict[str, str]:
    """What each tab is called, by its key."""
    built_in = {key: str(label) for key, label, _query in saved.built_in}
    return built_in | {view.key: view.name for view in views}


def usual_tabs(saved: SavedList, views: Sequence[SavedView]) -> list[str]:
    pinned = [view.key for view in views if view.pinned]
    return [*(key for key, _label, _query in saved.built_in), *pinned]


def tabs_of(user: Any, opened: Opened, state: Mapping[str, str], count: str) -> Tabs:
    """`state` is what is listed, as an address says it: q, sort and columns."""
    saved, view = opened.saved, opened.view
    known = labels(saved, opened.views)
    here = view.key if view else _built_in(saved, state.get("q", ""))
    keys = opened.mine.tabs(usual_tabs(saved, opened.views), list(known))[:MOST_TABS]
    if here and here not in keys:
        keys.append(here)
    open_tab = Here(here, state.get("q", ""), count)
    drawn = {key: _tab(opened, key, label, open_tab) for key, label in known.items()}
    for each in opened.views:
        if is_news(user, each, opened.mine):
            drawn[each.key] = replace(drawn[each.key], new=True)
    new = reverse("views:new", args=[saved.name])
    return Tabs(
        shown=[drawn[key] for key in keys],
        every=list(drawn.values()),
        acts=_acts(user, opened, here),
        label=known.get(here, ""),
        new_url=f"{new}?{urlencode(state)}",
        arrange_url=reverse("views:tabs", args=[saved.name]),
        unsaved=_unsaved(user, opened, state) if opened.changed else None,
        widths_url=reverse("views:widths", args=[saved.name]),
    )


def _built_in(saved: SavedList, query: str) -> str:
    """The one whose query is a part of what is asked for; of all of them, where none is."""
    parts = query.split()
    grouped = any(each == "OR" or each.startswith(("(", "-(")) for each in parts)
    for key, each in saved.queries.items():
        if query == each or (each in parts and not grouped):
            return key
    return saved.built_in[0][0]


def _tab(opened: Opened, key: str, label: str, here: Here) -> View:
    saved = opened.saved
    query = saved.queries.get(key)
    url = f"{saved.url}?{urlencode({'q': query} if query else {'view': key})}"
    if query == "" and opened.mine.default in ("", key):
        url = saved.url
    if key != here.key:
        return View(label, url)
    changed = opened.changed if opened.view else query != here.query
    return View(label, url, here.found, here=True, changed=changed)


def _acts(user: Any, opened: Opened, here: str) -> Sequence[Act]:
    saved, view = opened.saved, opened.view
    acts = []
    if view and may_change(user, view):
        url = reverse("views:view", args=[view.pk])
        acts.append(Act(_("Name, sharing, tab…"), url, icon="edit", asks=True))
    if here and here != (opened.mine.default or saved.built_in[0][0]):
        kept = [("key", here)]
        url = reverse("views:first", args=[saved.name])
        acts.append(Act(_("Open it first"), url, icon="home", kept=kept))
    if view:
        acts.append(Act(_("Duplicate"), reverse("views:copy", args=[view.pk]), icon="copy"))
        if may_change(user, view):
            url = reverse("views:delete", args=[view.pk])
            acts.append(Act(_("Delete"), url, icon="trash", danger=True))
    return acts


def _unsaved(user: Any, opened: Opened, state: Mapping[str, str]) -> Unsaved:
    saved, view = opened.saved, opened.view
    kept = list(state.items())
    if view is None:
        back = {name: value for name, value in state.items() if name != "columns" and value}
        url = reverse("views:columns", args=[saved.name])
        discard = f"{saved.url}?{urlencode(back)}" if back else saved.url
        return Unsaved(_("Keep these columns"), url, [*kept, ("next", discard)], discard)
    url = reverse("views:save", args=[view.pk]) if may_change(user, view) else ""
    kept.append(("version", str(view.version)))
    return Unsaved(_("Save"), url, kept, f"{saved.url}?view={view.key}")
