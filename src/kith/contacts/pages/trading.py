"""Make a contact a customer or a vendor."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.accounts.requests import SignedInRequest
from kith.contacts.access import contact_for
from kith.contacts.services.trading import ROLES, contact_trade
from kith.contacts.undo_address import undo_url
from kith.core.errors import Refused
from kith.web.pages import go, layout
from kith.web.toasts import toast


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def trade(request: SignedInRequest, pk: int, role: str) -> HttpResponse:
    """Asks first: a number that was given is not given again."""
    contact = contact_for(request.user, pk, "edit")
    card = reverse("contacts:card", args=[pk])
    if request.method != "POST":
        held = getattr(contact, ROLES[role].number)
        found = {"layout": layout(request), "contact": contact, "role": role, "held": held}
        return render(request, "contacts/form/trade.html", found)
    try:
        number, changes = contact_trade(actor=request.user, pk=pk, role=role)
    except Refused as error:
        toast(request, str(error), level="warning")
    else:
        said = _("%(name)s is customer %(number)s.")
        if role == "vendor":
            said = _("%(name)s is vendor %(number)s.")
        undo = undo_url(changes, then=card)
        toast(request, said % {"name": contact.name, "number": number}, undo=undo)
    return go(request, card)
