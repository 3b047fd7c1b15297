"""Into the trash, with all that belongs to it; the toast brings it back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.accounts.requests import SignedInRequest
from kith.contacts.access import contact_for
from kith.contacts.pages.loading import list_of
from kith.contacts.pages.trash import kept_words
from kith.contacts.services.contacts import contacts_trash
from kith.contacts.undo_address import undo_url
from kith.web.pages import go, layout
from kith.web.toasts import toast


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = contact_for(request.user, pk, "delete")
    if request.method != "POST":
        found = {"layout": layout(request), "contact": contact, "kept": kept_words()}
        return render(request, "contacts/form/delete.html", found)
    changes = contacts_trash(actor=request.user, ids=[pk])
    said = _("%(name)s is in the trash.") % {"name": contact}
    card = reverse("contacts:card", args=[pk])
    toast(request, said, undo=undo_url(changes, then=card))
    url = list_of(contact)
    return go(request, url)
