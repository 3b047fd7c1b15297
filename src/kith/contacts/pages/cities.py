"""Settings: the list of cities, where spellings are put right and merged."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.listing.cities import ADDED, ALL, USED, CityRow, city_page
from kith.contacts.pages.done import done
from kith.contacts.pages.ticked import ticked_ids
from kith.contacts.services.cities import cities_merge, city_rename, sites_in
from kith.core import countries
from kith.core.errors import NotFound, Rejected
from kith.core.habits import count_text
from kith.history.models import ChangeSet
from kith.jobs.services import start
from kith.jobs.size import wants_job
from kith.reference.models import City
from kith.web.lists import Action, Column, Empty, Listing, Seek, View
from kith.web.pages import layout
from kith.web.toasts import toast

MOST_MERGED = 50


def _name(row: CityRow) -> str:
    return f'<a href="{_url(row)}" data-dialog><bdi>{escape(row.name)}</bdi></a>'


def _place(row: CityRow) -> str:
    country = countries.country_name(row.country) if row.country else ""
    return escape(", ".join(filter(None, (countries.state_name(row.state), country))))


def _used(row: CityRow) -> str:
    return escape(count_text(row.used)) if row.used else ""


def _people(row: CityRow) -> str:
    return escape(count_text(row.people)) if row.people else ""


COLUMNS = (
    Column("name", gettext_lazy("City"), _name, css="c-name"),
    Column("place", gettext_lazy("State and country"), _place, css="soft c-wide", narrow="sub"),
    Column("used", gettext_lazy("Addresses"), _used, css="c-num", narrow="more"),
    Column("people", gettext_lazy("Inhabitants"), _people, css="c-num soft"),
)
VIEWS = (
    (USED, gettext_lazy("In use")),
    (ADDED, gettext_lazy("Added")),
    (ALL, gettext_lazy("All")),
)


@login_required
@require_safe
def city_list(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.REFERENCE_MANAGE)
    template = "web/list/page.html" if request.htmx else "web/settings_list.html"
    return render(request, template, {"list": _listing(request)})


def _listing(request: SignedInRequest) -> Listing:
    params = request.GET
    view = params.get("view", USED)
    view = view if view in dict(VIEWS) else USED
    text = params.get("q", "")[:100]
    after, before = params.get("after", ""), params.get("before", "")
    rows, following, former = city_page(view=view, text=text, after=after, before=before)
    listing = Listing(
        url=reverse("contacts:cities"),
        params=params,
        columns=COLUMNS,
        rows=rows,
        label=_("Cities"),
        row_url=_url,
        row_name=lambda row: row.name,
        edit_url=_url,
        range=ngettext("%(n)s city", "%(n)s cities", len(rows)) % {"n": len(rows)},
        seek=Seek("q", text, _("Find a city")),
        kept=[("view", view)] if view != USED else (),
        actions=[Action(_("Merge"), reverse("contacts:cities-merge"), icon="arrow-merge")],
    )
    listing.next_url = listing.link(after=following) if following else ""
    listing.previous_url = listing.link(before=former) if former else ""
    listing.views = _views(listing, view)
    listing.empty = _empty(listing, text)
    return listing


def _views(listing: Listing, here: str) -> list[View]:
    return [
        View(label, listing.link(view=None if each == USED else each), here=each == here)
        for each, label in VIEWS
    ]


def _empty(listing: Listing, text: str) -> Empty:
    return Empty(
        _("No city here is called so") if text else _("No city here"),
        _("A city joins the list when somebody writes it into an address."),
        icon="map-pin",
        links=[(_("Look in all cities"), listing.link(view=ALL))],
    )


def _url(row: CityRow) -> str:
    return reverse("contacts:city", args=[row.id])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def city(request: SignedInRequest, city_id: int) -> HttpResponse:
    """Its name, to be written in another way in every address."""
    require(request.user, Permission.REFERENCE_MANAGE)
    found = City.objects.filter(pk=city_id).first()
    if found is None:
        raise NotFound
    if request.method != "POST":
        return _ask_name(request, found, found.name)
    name = request.POST.get("name", "")
    many = sites_in(found).count()
    if wants_job(many):
        start("rename-city", title=_("Renaming a city"), user=request.user, total=many,
              city=found.pk, name=name)  # fmt: skip
        return _started(request)
    try:
        changes = city_rename(actor=request.user, city=found, name=name)
    except Rejected as error:
        return _ask_name(request, found, name, str(error.problems[0].message))
    return _done(request, _("The city is called %(name)s now.") % {"name": name}, changes)


def _ask_name(request: SignedInRequest, found: City, name: str, error: str = "") -> HttpResponse:
    shown = {
        "layout": layout(request),
        "city": found,
        "name": name,
        "place": _place(CityRow(0, "", found.country, found.state, 0, 0)),
        "used": sites_in(found).count(),
        "error": error,
    }
    return render(request, "contacts/cities/city.html", shown, status=422 if error else 200)


@login_required
@require_POST
def merge(request: SignedInRequest) -> HttpResponse:
    """First asks which of the ticked cities is kept; then makes the others that one."""
    require(request.user, Permission.REFERENCE_MANAGE)
    ids = ticked_ids(request)[:MOST_MERGED]
    cities = list(City.objects.filter(pk__in=ids).order_by("-people", "pk"))
    if len(cities) < 2:
        toast(request, _("Tick the spellings of one city, at least two."), level="warning")
        return HttpResponseRedirect(reverse("contacts:cities"))
    kept = request.POST.get("keep", "")
    keep = next((each for each in cities if str(each.pk) == kept), None)
    if keep is None:
        return render(request, "contacts/cities/merge.html", {"cities": _described(cities)})
    others = [each for each in cities if each is not keep]
    many = sum(sites_in(each).count() for each in others)
    if wants_job(many):
        start("merge-cities", title=_("Merging cities"), user=request.user, total=many,
              keep=keep.pk, others=[each.pk for each in others])  # fmt: skip
        return _started(request)
    changes = cities_merge(actor=request.user, keep=keep, others=others)
    return _done(request, _("They are one city now: %(name)s.") % {"name": keep.name}, changes)


def _described(cities: Sequence[City]) -> list[dict[str, Any]]:
    return [
        {
            "id": each.pk,
            "name": each.name,
            "place": _place(CityRow(0, "", each.country, each.state, 0, 0)),
            "used": sites_in(each).count(),
        }
        for each in cities
    ]


def _started(request: SignedInRequest) -> HttpResponse:
    said = _("The addresses are being changed; the bar at the top shows how far it is.")
    toast(request, said, level="info")
    return HttpResponseRedirect(reverse("contacts:cities"))


def _done(request: SignedInRequest, said: str, changes: ChangeSet) -> HttpResponse:
    back = reverse("contacts:cities")
    return done(request, said, changes, back, then=back)
