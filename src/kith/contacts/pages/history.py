"""The Timeline and History tabs of a card, and 'show more' of both."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kith.accounts.requests import SignedInRequest
from kith.contacts.card import Card
from kith.contacts.pages.loading import card_for, is_htmx
from kith.contacts.record import CONTACT
from kith.contacts.timeline import events
from kith.core import clock
from kith.history.queries import changes_of

PAGE = 20
PERIODS = (
    ("", _("Any time")),
    ("today", _("Today")),
    ("7", _("Last 7 days")),
    ("30", _("Last 30 days")),
    ("year", _("This year")),
)


def timeline(card: Card) -> SafeString:
    """What happened, from the newest on. Until there are notes and calls: the changes."""
    return _panel(card, filtered=False)


def history(card: Card) -> SafeString:
    """The changes, by period."""
    return _panel(card, filtered=True)


@login_required
@require_safe
def more(request: SignedInRequest, pk: int) -> HttpResponse:
    """The part of the tab below what is shown; without htmx the card shows it instead."""
    if not is_htmx(request):
        address = reverse("contacts:card", args=[pk])
        query = request.GET.copy()
        query["tab"] = "history"
        return HttpResponseRedirect(f"{address}?{query.urlencode()}")
    card = card_for(request, pk)
    name = "lines" if "before" in request.GET else "history"
    return HttpResponse(_panel(card, filtered="period" in request.GET, template=name))


def _panel(card: Card, *, filtered: bool, template: str = "history") -> SafeString:
    period = card.params.get("period", "") if filtered else ""
    before = card.params.get("before", "")
    changes = changes_of(
        CONTACT.name,
        card.contact.pk,
        limit=PAGE + 1,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        since=_since(period),
    )
    shown, rest = changes[:PAGE], changes[PAGE:]
    found = {
        "events": events(card, shown),
        "more_url": _url(card, period, filtered, shown[-1].pk) if rest else "",
        "self_url": _url(card, period, filtered),
        "card_url": reverse("contacts:card", args=[card.contact.pk]),
        "filtered": filtered,
        "periods": [(value, label, value == period) for value, label in PERIODS],
        "first": not before,
        "csrf_token": card.csrf_token,
    }
    return render_to_string(f"contacts/card/{template}.html", found)


def _url(card: Card, period: str, filtered: bool, before: int | None = None) -> str:  # noqa: FBT001
    query: dict[str, Any] = {"period": period} if filtered else {}
    if before:
        query["before"] = before
    url = reverse("contacts:history", args=[card.contact.pk])
    return f"{url}?{urlencode(query)}" if query else url


def _since(period: str) -> datetime | None:
    today = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    match period:
        case "today":
            return today
        case "7" | "30":
            return today - timedelta(days=int(period) - 1)
        case "year":
            return today.replace(month=1, day=1)
    return None
