"""A sensitive value, shown for half a minute to who may see it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.display import unverified
from kith.contacts.pages.doubt_notes import doubt_note
from kith.contacts.pages.loading import card_for, is_htmx
from kith.contacts.record import CONTACT
from kith.contacts.services.revealing import value_reveal

SECONDS = 30


@login_required
@require_POST
def reveal(request: SignedInRequest, pk: int, name: str) -> HttpResponse:
    """The fact with its value, which masks itself again; without htmx a page of its own."""
    card = card_for(request, pk)
    require(request.user, Permission.CONTACT_SENSITIVE)
    value = value_reveal(actor=request.user, contact_id=pk, name=name)
    field = CONTACT.field(name)
    mark = unverified(field.kind, card.state[name]) + doubt_note(card, field)
    found = {
        "contact": card.contact,
        "name": name,
        "label": field.label,
        "value": value,
        "mark": mark,
        "seconds": SECONDS,
        "show_url": reverse("contacts:fact", args=[pk, name]) + "?show=1",
        "card_url": reverse("contacts:card", args=[pk]),
    }
    part = "fact" if is_htmx(request) else "page"
    return render(request, f"contacts/reveal/{part}.html", found)
