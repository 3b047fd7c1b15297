"""The card: facts at the left, what happened in the middle, who belongs to it at the right."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kith.accounts.requests import SignedInRequest
from kith.contacts.card import SIDE, TAB, Card, CardPanel, card_panels
from kith.contacts.linked import outward
from kith.contacts.pages.facts import fact_sections
from kith.contacts.pages.header import header_html, with_company
from kith.contacts.pages.loading import card_for
from kith.contacts.pages.recent import note_opened
from kith.web.pages import layout


@login_required
@require_safe
def card(request: SignedInRequest, pk: int) -> HttpResponse:
    """The whole page; the side panel of the list gets its head and facts only."""
    shown = card_for(request, pk)
    shown.mates = outward(request.user, shown.contact)
    with_company(shown, shown.mates)
    found: dict[str, Any] = {
        "layout": layout(request),
        "contact": shown.contact,
        "who": header_html(shown),
        "sections": fact_sections(shown),
    }
    if request.htmx.target == "peek":
        return render(request, "contacts/card.html", found)
    found |= _columns(shown, request.GET.get("tab", ""))
    response = render(request, "contacts/card.html", found)
    note_opened(request, response, pk)
    return response


def _columns(shown: Card, wanted: str) -> dict[str, Any]:
    tabs = list(card_panels.of(shown, TAB))
    here = next((each for each in tabs if each.name == wanted), tabs[0])
    sides = (each.render(shown) for each in card_panels.of(shown, SIDE))
    return {
        "tabs": [_tab(shown, each, each is here) for each in tabs],
        "panel": here.render(shown),
        "sides": [each for each in sides if each],
    }


def _tab(shown: Card, panel: CardPanel, here: bool) -> dict[str, Any]:  # noqa: FBT001
    url = reverse("contacts:card", args=[shown.contact.pk])
    return {
        "label": panel.label,
        "url": f"{url}?tab={panel.name}",
        "count": panel.count(shown) if panel.count else "",
        "here": here,
    }
