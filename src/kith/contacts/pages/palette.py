"""Who is meant by what one has typed so far: for the search box and for Ctrl/⌘ K."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.listing.page import best
from kith.contacts.listing.rows import Row, load_rows
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import state_of
from kith.contacts.pages.actions import Act, acts_called
from kith.contacts.pages.list_columns import card_url
from kith.contacts.pages.list_contacts import row_context
from kith.contacts.pages.list_views import CONTACTS, RAW
from kith.contacts.pages.recent import opened_rows
from kith.contacts.queries import prospects_visible_to
from kith.core.text import fold
from kith.views.lists import url_of
from kith.views.queries import views_called
from kith.web.settings_area import area, called

MOST, MOST_VIEWS = 8, 3


@dataclass(frozen=True)
class Result:
    """One line of web/shell/found.html."""

    id: int
    name: str
    kind: str
    url: str
    detail: str
    end: str
    picture_url: str = ""


@login_required
@require_safe
def palette(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.CONTACT_SEE)
    words = request.GET.get("q", "").replace("\0", "").strip()
    state = state_of(words)
    rows: list[Row] = [] if words else opened_rows(request)
    if state.query:
        cells = [*best(Selection(request.user, state), MOST)]
        if len(cells) < MOST:
            prospects = Selection(request.user, state, prospects_visible_to)
            cells += best(prospects, MOST - len(cells))
        rows = load_rows(request.user, cells, row_context(request.user))
    found = {
        "views": _lists(request.user, words) if len(words) > 1 else [],
        "settings": called(area.of(request.user), words)[:MOST_VIEWS] if len(words) > 1 else [],
        "acts": _acts(request, words),
        "results": [_result(row) for row in rows],
        "recent": not words,
        "query": words[:80],
        "vague": not state.query,
        "more_url": f"{reverse('contacts:list')}?{urlencode({'q': words})}"
        if rows and words
        else "",
    }
    return render(request, "web/shell/found.html", found)


def _acts(request: SignedInRequest, words: str) -> list[Act]:
    """For the palette alone: the search box finds."""
    asked = "acts" in request.GET and len(words) > 1
    return acts_called(request.user, words)[:MOST_VIEWS] if asked else []


def _lists(user: Any, words: str) -> list[tuple[str, str]]:
    """The lists that everybody has and views, by a part of their name."""
    own = [
        (str(label), _of(at.url, query))
        for at in (CONTACTS, RAW)
        for _k, label, query in at.built_in
    ]
    named = [(name, url) for name, url in own if fold(words) in fold(name)]
    views = views_called(user, words, MOST_VIEWS)
    return [*named, *((view.name, url_of(view)) for view in views)]


def _of(url: str, query: str) -> str:
    return f"{url}?{urlencode({'q': query})}" if query else url


def _result(row: Row) -> Result:
    what = row.what or row.city
    if row.is_prospect:
        what = ", ".join(filter(None, (_("Prospect"), what)))
    end = row.phone_shown or row.email
    return Result(row.id, row.name, row.kind, card_url(row), what, end, row.picture_url)
