"""The security log: who signed in or failed to, and who changed which user, team or role."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.models import SecurityEvent
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.web import marks
from kith.web.lists import Chip, Column, Empty, Filter, Listing

PER_PAGE = 100


def _who(event: SecurityEvent) -> str:
    name = event.user.name if event.user else event.details.get("name") or event.email
    return format_html("<bdi>{}</bdi>", name)


def _by(event: SecurityEvent) -> str:
    other = event.actor and event.actor_id != event.user_id
    return format_html("<bdi>{}</bdi>", event.actor.name if other and event.actor else "")


COLUMNS = (
    Column("what", gettext_lazy("What"), lambda e: escape(e.get_kind_display()), css="c-name"),
    Column("who", gettext_lazy("Who or what"), _who, narrow="sub"),
    Column("by", gettext_lazy("By"), _by, css="soft"),
    Column("from", gettext_lazy("From"), lambda e: escape(e.address), css="c-slim soft"),
    Column(
        "at", gettext_lazy("When"), lambda e: marks.when(e.at), css="c-slim soft", narrow="more"
    ),
)


@require_safe
def security(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.SECURITY_SEE)
    template = "web/list/page.html" if request.htmx else "web/settings_list.html"
    return render(request, template, {"list": _listing(request)})


def _events(request: HttpRequest, kind: str, text: str) -> "QuerySet[SecurityEvent]":
    events = SecurityEvent.objects.select_related("user", "actor").order_by("-pk")
    if kind:
        events = events.filter(kind=kind)
    if text:
        named = Q(user__name__icontains=text) | Q(actor__name__icontains=text)
        events = events.filter(named | Q(email__icontains=text) | Q(address__icontains=text))
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 16:
        events = events.filter(pk__lt=int(before))
    return events


def _listing(request: SignedInRequest) -> Listing:
    kinds = dict(SecurityEvent.Kind.choices)
    kind = request.GET.get("kind", "") if request.GET.get("kind") in kinds else ""
    text = request.GET.get("q", "").replace("\0", "").strip()[:200]
    rows = list(_events(request, kind, text)[: PER_PAGE + 1])
    shown, more = rows[:PER_PAGE], len(rows) > PER_PAGE
    listing = Listing(
        url=reverse("setup:security"),
        params=request.GET,
        columns=COLUMNS,
        rows=shown,
        label=_("Security log"),
        row_url=lambda event: reverse("setup:user", args=[event.user_id]) if event.user_id else "",
        row_name=lambda event: event.get_kind_display(),
        range=_("the latest first"),
        filters=[
            Filter("kind", _("What"), SecurityEvent.Kind.choices, [kind], many=False),
            Filter("q", _("Name, e-mail or address"), chosen=[text]),
        ],
        selectable=False,
    )
    listing.next_url = listing.link(before=str(shown[-1].pk)) if more else ""
    listing.chips = _chips(listing, str(kinds.get(kind, "")), text)
    listing.empty = Empty(_("Nothing of this kind happened"), "", icon="shield-lock")
    return listing


def _chips(listing: Listing, kind: str, text: str) -> list[Chip]:
    named = (("kind", _("What"), kind), ("q", _("Name"), text))
    return [
        Chip(label, value, listing.link(**{name: None})) for name, label, value in named if value
    ]
