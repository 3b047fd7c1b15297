"""Pages of views: a new one, another name, what is listed saved into it, a copy, none any more."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.accounts.requests import SignedInRequest
from kith.core.errors import Conflict, Refused
from kith.history.models import ChangeSet
from kith.views import services
from kith.views.access import view_for
from kith.views.arrangement import arrange, arrangement_of
from kith.views.forms import ViewForm
from kith.views.lists import SavedList, list_called
from kith.views.models import SavedView
from kith.views.opening import names_in
from kith.web.pages import go, layout
from kith.web.toasts import toast


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest, name: str) -> HttpResponse:
    """What is listed now becomes a view; the address says what that is."""
    saved = list_called(request.user, name)
    if request.method != "POST":
        initial = {"query": request.GET.get("q", "")[:1_000]}
        return _draw(request, saved, ViewForm(user=request.user, initial=initial))
    form = ViewForm(request.POST, user=request.user)
    if not form.is_valid():
        return _draw(request, saved, form, status=422)
    try:
        pk, changes = services.view_create(
            actor=request.user,
            of=saved.name,
            columns=_columns(request, saved, names_in(request.POST)),
            sort=request.POST.get("sort", "")[:40],
            **_given(saved, form),
        )
    except Refused as error:
        form.add_error(None, str(error))
        return _draw(request, saved, form, status=422)
    _open_first(request, saved, str(pk), yes=form.cleaned_data["first"])
    said = _("The view “%(name)s” is saved.") % {"name": form.cleaned_data["name"]}
    return _on(request, saved, str(pk), said, changes, then=saved.url)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    view = view_for(request.user, pk, change=True)
    saved = list_called(request.user, view.of)
    first = arrangement_of(request.user, saved.name).default == view.key
    if request.method != "POST":
        form = ViewForm(user=request.user, view=view, initial={"first": first})
        return _draw(request, saved, form)
    form = ViewForm(request.POST, user=request.user, view=view)
    if not form.is_valid():
        return _draw(request, saved, form, status=422)
    try:
        given = _given(saved, form)
        changes = services.view_update(
            actor=request.user, view=view, version=_version(request), **given
        )
    except Refused as error:
        form.add_error(None, str(error))
        return _draw(request, saved, form, status=422)
    except Conflict:
        form.add_error(None, _("Somebody else changed this view in the meantime."))
        return _draw(request, saved, form, status=409)
    if form.cleaned_data["first"] != first:
        _open_first(request, saved, view.key, yes=form.cleaned_data["first"])
    said = _("The view “%(name)s” is changed.") % {"name": form.cleaned_data["name"]}
    return _on(request, saved, view.key, said, changes)


@login_required
@require_POST
def save(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is listed now is what the view lists from now on."""
    view = view_for(request.user, pk, change=True)
    saved = list_called(request.user, view.of)
    try:
        changes = services.view_update(
            actor=request.user,
            view=view,
            version=_version(request),
            query=saved.canonical(request.POST.get("q", "")),
            sort=request.POST.get("sort", "")[:40],
            columns=_columns(request, saved, names_in(request.POST), view),
        )
    except Refused as error:
        toast(request, str(error), level="warning")
        return go(request, _url(saved, view.key))
    except Conflict:
        toast(request, _("Somebody else changed this view in the meantime."), level="warning")
        return go(request, _url(saved, view.key))
    said = _("The view “%(name)s” is saved as you see it.") % {"name": view.name}
    return _on(request, saved, view.key, said, changes)


@login_required
@require_POST
def copy(request: SignedInRequest, pk: int) -> HttpResponse:
    view = view_for(request.user, pk)
    saved = list_called(request.user, view.of)
    try:
        made, changes = services.view_copy(actor=request.user, view=view)
    except Refused as error:
        toast(request, str(error), level="warning")
        return go(request, _url(saved, view.key))
    said = _("This is a copy of “%(name)s”, for you alone.") % {"name": view.name}
    return _on(request, saved, str(made), said, changes, then=saved.url)


@login_required
@require_POST
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    view = view_for(request.user, pk, change=True)
    saved = list_called(request.user, view.of)
    changes = services.view_delete(actor=request.user, view=view)
    said = _("The view “%(name)s” is deleted.") % {"name": view.name}
    toast(request, said, undo=saved.undo(changes, then=_url(saved, view.key)))
    return go(request, saved.url)


def _version(request: SignedInRequest) -> int | None:
    """Of the view that the page was drawn from."""
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 10 else None


def _given(saved: SavedList, form: ViewForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {
        "name": given["name"],
        "query": saved.canonical(given["query"]),
        "density": given["density"],
        "pinned": given["pinned"],
        **form.members_given,
    }


def _columns(
    request: SignedInRequest, saved: SavedList, names: Sequence[str], view: SavedView | None = None
) -> list[list[Any]]:
    """With the widths that the user has. The usual ones are not written down, unless wider."""
    known = {name: width for name, width in view.columns if width} if view else {}
    widths = arrangement_of(request.user, saved.name).widths
    columns = services.with_widths(names or saved.usual(), widths, known)
    usual = [name for name, _width in columns] == list(saved.usual())
    return [] if usual and not any(width for _name, width in columns) else columns[:60]


def _open_first(request: SignedInRequest, saved: SavedList, key: str, *, yes: bool) -> None:
    arrange(user=request.user, name=saved.name, change=lambda _now: {"default": key if yes else ""})


def _url(saved: SavedList, key: str) -> str:
    return f"{saved.url}?view={key}"


def _on(
    request: SignedInRequest,
    saved: SavedList,
    key: str,
    said: str,
    changes: ChangeSet | None,
    then: str = "",
) -> HttpResponse:
    undo = saved.undo(changes, then=then or _url(saved, key)) if changes else ""
    toast(request, said, undo=undo)
    return go(request, _url(saved, key))


def _draw(
    request: SignedInRequest, saved: SavedList, form: ViewForm, *, status: int = 200
) -> HttpResponse:
    source = request.POST if request.method == "POST" else request.GET
    found = {
        "layout": layout(request),
        "form": form,
        "view": form.view,
        "kept": [("sort", source.get("sort", "")), ("columns", ",".join(names_in(source)))],
        "back": _url(saved, form.view.key) if form.view else saved.url,
    }
    return render(request, "views/view.html", found, status=status)
