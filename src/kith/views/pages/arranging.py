"""What users make of a list for themselves: tabs, what opens first, columns and their widths."""

from collections.abc import Container, Iterable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.accounts.requests import SignedInRequest
from kith.views.arrangement import Arrangement, arrange, arrangement_of
from kith.views.lists import list_called
from kith.views.opening import names_in
from kith.views.queries import views_of
from kith.views.services import WIDTHS
from kith.views.tabs import labels, usual_tabs
from kith.web.pages import go, layout, next_url
from kith.web.toasts import toast


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tabs(request: SignedInRequest, name: str) -> HttpResponse:
    """Which views are tabs, in what order; without scripts a button asks for the page again."""
    saved, user = list_called(request.user, name), request.user
    views, mine = views_of(user, name), arrangement_of(user, name)
    known, usual = labels(saved, views), usual_tabs(saved, views)
    source = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and not {"up", "down"} & set(source):
        _arrange(request, name, known, usual)
        toast(request, _("Your tabs are arranged."))
        return go(request, saved.url)
    shown = names_in(source, "tab") or mine.tabs(usual, list(known))
    shown = _moved([key for key in shown if key in known], source)
    rest = [key for key in known if key not in shown]
    first = source.get("first", "") or mine.default or saved.built_in[0][0]
    found = {
        "layout": layout(request),
        "rows": [(key, known[key], key in shown, key == first) for key in (*shown, *rest)],
        "back": saved.url,
    }
    return render(request, "views/tabs.html", found)


def _arrange(
    request: SignedInRequest, name: str, known: Container[str], usual: Iterable[str]
) -> None:
    ticked = [key for key in request.POST.getlist("tab") if key in known]
    hidden = tuple(key for key in usual if key not in ticked)
    first = request.POST.get("first", "")
    said = {
        "order": tuple(ticked),
        "hidden": hidden,
        "default": first if first in known else "",
    }
    arrange(user=request.user, name=name, change=lambda _now: said)


def _moved(keys: list[str], params: Any) -> list[str]:
    for name, step in (("up", -1), ("down", 1)):
        key = params.get(name, "")
        if key in keys:
            at = keys.index(key)
            keys.insert(min(max(at + step, 0), len(keys) - 1), keys.pop(at))
    return keys


@login_required
@require_POST
def first(request: SignedInRequest, name: str) -> HttpResponse:
    """The view that opens first from now on."""
    saved = list_called(request.user, name)
    known = labels(saved, views_of(request.user, name))
    key = request.POST.get("key", "")
    if key in known:
        arrange(user=request.user, name=name, change=lambda _now: {"default": key})
        toast(request, _("“%(name)s” opens first from now on.") % {"name": known[key]})
    return go(request, next_url(request, saved.url))


@login_required
@require_POST
def keep_columns(request: SignedInRequest, name: str) -> HttpResponse:
    """The columns that lists without a view of their own have for this user."""
    saved = list_called(request.user, name)
    names = names_in(request.POST)[:60]
    kept = () if names == list(saved.usual()) else tuple(each[:40] for each in names)
    arrange(user=request.user, name=name, change=lambda _now: {"columns": kept})
    toast(request, _("These columns are your usual ones now."))
    return go(request, next_url(request, saved.url))


@login_required
@require_POST
def widths(request: SignedInRequest, name: str) -> HttpResponse:
    """How wide one column is from now on; without a number as wide as it needs."""
    saved = list_called(request.user, name)
    column, text = request.POST.get("column", "")[:40], request.POST.get("width", "")
    width = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0

    def change(now: Arrangement) -> dict[str, Any]:
        held = {key: each for key, each in now.widths.items() if key != column}
        return {"widths": held | ({column: width} if width in WIDTHS and len(held) < 99 else {})}

    if column:
        arrange(user=request.user, name=saved.name, change=change)
    return HttpResponse(status=204)
