"""The lists of teams and of divisions."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.setup import queries
from kith.setup.queries import GroupLine
from kith.web.lists import Action, Column, Empty, Listing, View


def _name(kind: str) -> Any:
    def draw(line: GroupLine) -> str:
        return format_html('<a href="{}" dir="auto">{}</a>', _url(kind)(line), line.group.name)

    return draw


def _url(kind: str) -> Any:
    return lambda line: reverse(f"setup:{kind}", args=[line.group.pk])


def _columns(kind: str) -> tuple[Column, ...]:
    led = Column(
        "leads",
        gettext_lazy("Supervisors"),
        lambda line: escape(line.leads),
        css="soft",
        narrow="sub",
    )
    members = Column("members", gettext_lazy("Members"), lambda line: str(line.count), css="c-slim")
    name = Column("name", gettext_lazy("Name"), _name(kind), css="c-name")
    return (name, led, members) if kind == "team" else (name, members)


@require_safe
def teams(request: SignedInRequest) -> HttpResponse:
    empty = Empty(
        _("No teams yet"),
        _("A team is a group of people with a supervisor. Contacts can be shown to a team only."),
        icon="users-group",
        links=[(_("New team"), reverse("setup:team-new"))],
    )
    return _draw(request, "team", _("Teams"), _("New team"), empty)


@require_safe
def divisions(request: SignedInRequest) -> HttpResponse:
    empty = Empty(
        _("No divisions yet"),
        _("A division is a part of your own firm. Contacts can belong to one, or be shown to it."),
        icon="sitemap",
        links=[(_("New division"), reverse("setup:division-new"))],
    )
    return _draw(request, "division", _("Divisions"), _("New division"), empty)


def _draw(
    request: SignedInRequest, kind: str, label: str, adding: str, empty: Empty
) -> HttpResponse:
    require(request.user, Permission.USER_MANAGE)
    archived = request.GET.get("state") == "archived"
    lines = queries.groups_listed(kind, archived=archived)
    listing = Listing(
        url=reverse(f"setup:{kind}s"),
        params=request.GET,
        columns=_columns(kind),
        rows=lines,
        label=label,
        row_url=_url(kind),
        row_name=lambda line: line.group.name,
        edit_url=_url(kind),
        range=ngettext("%(n)s in all", "%(n)s in all", len(lines)) % {"n": len(lines)},
        adds=Action(adding, reverse(f"setup:{kind}-new"), icon="plus"),
        selectable=False,
    )
    listing.views = [
        View(_("In use"), listing.link(state=None), here=not archived),
        View(_("Archived"), listing.link(state="archived"), here=archived),
    ]
    listing.empty = Empty(_("Nothing is archived"), "", icon="archive") if archived else empty
    template = "web/list/page.html" if request.htmx else "web/settings_list.html"
    return render(request, template, {"list": listing})
