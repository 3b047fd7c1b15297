"""The Timeline and History tabs of a card, and 'show more' of both."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kith.accounts.requests import SignedInRequest
from kith.contacts.card import Card
from kith.contacts.listing.periods import NAMED, Period, read_period
from kith.contacts.pages.loading import card_for, is_htmx
from kith.contacts.record import CONTACT
from kith.contacts.timeline import events
from kith.history.queries import changes_of

PAGE = 20
OFFERED = ("today", "7d", "30d", "this-year")
"""The periods that have a button; the address understands the others of the list, too."""


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
    period = _period(card.params) if filtered else None
    before = card.params.get("before", "")
    changes = changes_of(
        CONTACT.name,
        card.contact.pk,
        limit=PAGE + 1,
        before=int(before) if before.isdecimal() and len(before) < 19 else None,
        since=period.start if period else None,
        until=period.end if period else None,
    )
    shown, rest = changes[:PAGE], changes[PAGE:]
    found = {
        "events": events(card, shown),
        "more_url": _url(card, period, filtered, shown[-1].pk) if rest else "",
        "self_url": _url(card, period, filtered),
        "card_url": reverse("contacts:card", args=[card.contact.pk]),
        "filtered": filtered,
        "periods": _periods(period),
        "period": period,
        "own": period is not None and period.text not in OFFERED,
        "first": not before,
        "csrf_token": card.csrf_token,
    }
    return render_to_string(f"contacts/card/{template}.html", found)


def _period(params: Any) -> Period | None:
    """As the address names it, or by its first and last day."""
    days = f"{params.get('from', '')}..{params.get('to', '')}"
    return read_period(params.get("period", "") or days)


def _periods(period: Period | None) -> list[tuple[str, Any, bool]]:
    here = period.text if period else ""
    offered = [("", _("Any time")), *((name, NAMED[name]) for name in OFFERED)]
    return [(value, label, value == here) for value, label in offered]


def _url(card: Card, period: Period | None, filtered: bool, before: int | None = None) -> str:  # noqa: FBT001
    query: dict[str, Any] = {"period": period.text if period else ""} if filtered else {}
    if before:
        query["before"] = before
    url = reverse("contacts:history", args=[card.contact.pk])
    return f"{url}?{urlencode(query)}" if query else url
