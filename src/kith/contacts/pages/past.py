"""An earlier state of the whole contact: looked at, and restored."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.pages.loading import LIST, card_for
from kith.contacts.past import Past
from kith.contacts.queries import shown_to
from kith.contacts.record import CONTACT
from kith.contacts.services.contacts import contact_save
from kith.contacts.timeline import who_did
from kith.contacts.undo_address import undo_url
from kith.core.errors import Conflict, NotFound, Rejected
from kith.history.queries import change_of
from kith.records.checking import Checked
from kith.web.toasts import toast


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def past(request: SignedInRequest, pk: int, change_id: int) -> HttpResponse:
    """GET shows the contact after that change; POST puts back the fields that are ticked."""
    restoring = request.method == "POST"
    card = card_for(request, pk, "edit" if restoring else "see")
    change = change_of(CONTACT.name, pk, change_id)
    if change is None:
        raise NotFound
    earlier = Past(card, change)
    return _restore(request, earlier) if restoring else _draw(request, earlier)


def _draw(
    request: SignedInRequest, earlier: Past, error: str = "", status: int = 200
) -> HttpResponse:
    card = earlier.card
    found = {
        "contact": card.contact,
        "past": earlier,
        "who": who_did(card, earlier.change_set),
        "may_restore": card.may(Permission.CONTACT_EDIT) and earlier.changed,
        "version": card.state["version"],
        "error": error,
    }
    return render(request, "contacts/past.html", found, status=status)


def _restore(request: SignedInRequest, earlier: Past) -> HttpResponse:
    card = earlier.card
    values = earlier.values(request.POST.getlist("field"))
    if not values:
        return _draw(request, earlier, _("Tick at least one field."), 422)
    if request.POST.get("version") != str(card.state["version"]):
        said = _("Somebody changed this contact meanwhile. Look again.")
        return _draw(request, earlier, said, 409)
    draft = Checked(values, id=card.contact.pk, version=card.state["version"])
    try:
        changes = contact_save(actor=request.user, draft=draft)[1]
    except (Conflict, Rejected) as error:
        return _draw(request, earlier, str(error), error.status)
    said = _("%(name)s was restored.") % {"name": card.contact}
    toast(request, said, undo=undo_url(changes))
    seen = shown_to(request.user).filter(pk=card.contact.pk).exists()
    return HttpResponseRedirect(reverse("contacts:card", args=[card.contact.pk]) if seen else LIST)
