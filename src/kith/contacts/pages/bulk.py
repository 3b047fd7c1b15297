"""One change to the ticked contacts, or to all that are listed: what, to which value, for whom."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.accounts.requests import SignedInRequest
from kith.contacts.access import require_many
from kith.contacts.context import reading_context
from kith.contacts.forms.bulk import Offer, control_of, offer, offers, read_act, teams
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import read_state
from kith.contacts.models import Contact
from kith.contacts.pages.bulk_preview import preview
from kith.contacts.pages.loading import LIST
from kith.contacts.pages.ticked import ticked_ids
from kith.contacts.queries import visible_to
from kith.contacts.record import CONTACT
from kith.contacts.services.bulk import Do, contacts_change_later, contacts_change_now
from kith.contacts.undo_address import undo_url
from kith.core.kinds.kind import Invalid
from kith.jobs.size import wants_job
from kith.web.lists import with_params
from kith.web.toasts import toast


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: SignedInRequest) -> HttpResponse:
    """Asks what is to be done, then for the value, showing whom it concerns; then does it.

    A bookmark of it, or Enter in the address bar, leads back to the list.
    """
    require_many(request.user)
    if request.method != "POST":
        return HttpResponseRedirect(_back(request))
    rows = chosen_rows(request)
    if not rows.exists():
        toast(request, _("Nothing was ticked."), level="warning")
        return HttpResponseRedirect(_back(request))
    name = request.POST.get("act") or request.GET.get("act", "")
    chosen = offer(request.user, name) if name else None
    # A few that were ticked go into the trash without a question: the toast brings them back.
    at_once = name == Do.TRASH and not request.POST.get("all")
    if chosen is None or not ("go" in request.POST or at_once):
        return _ask(request, rows, chosen)
    return _do(request, rows, chosen)


def chosen_rows(request: SignedInRequest) -> QuerySet[Contact]:
    """Those that the person sees: to be counted, or named by their ids. Raises Refused."""
    if request.POST.get("all"):
        return Selection(request.user, read_state(request.GET)).understood()
    return visible_to(request.user).filter(pk__in=ticked_ids(request))


def _back(request: SignedInRequest) -> str:
    return with_params(LIST, request.GET, act=None)


def _ask(
    request: SignedInRequest, rows: QuerySet[Contact], chosen: Offer | None, error: str = ""
) -> HttpResponse:
    everything, count = bool(request.POST.get("all")), rows.count()
    context = reading_context(reader=request.user)
    field = CONTACT.field(chosen.act[1]) if chosen and chosen.act[1] else None
    found: dict[str, Any] = {
        "count": count,
        "field": field,
        "preview": preview(request.user, rows, count, field, context),
        "kept": [("all", "1")] if everything else [("id", pk) for pk in _ids(rows)],
        "offers": offers(request.user),
        "chosen": chosen,
        "control": control_of(chosen, context) if chosen else None,
        "teams": teams() if chosen and chosen.name == "share:manager" else None,
        "error": error,
        "later": wants_job(count),
        "back": _back(request),
        "url": with_params(request.path, request.GET, act=None),
    }
    return render(request, "contacts/list/bulk.html", found, status=422 if error else 200)


def _ids(rows: QuerySet[Contact]) -> Sequence[int]:
    """In a fixed order: shares go round in it."""
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _do(request: SignedInRequest, rows: QuerySet[Contact], chosen: Offer) -> HttpResponse:
    try:
        act = read_act(chosen, request.POST, reading_context(reader=request.user))
    except Invalid as error:
        return _ask(request, rows, chosen, str(error))
    ids = _ids(rows)
    if wants_job(len(ids)):
        said = contacts_change_later(actor=request.user, ids=ids, act=act)
        toast(request, said, level="info")
        return HttpResponseRedirect(_back(request))
    report = contacts_change_now(actor=request.user, ids=ids, act=act)
    undo = undo_url(report.record) if report.done else ""
    level = "warning" if report.refused else "success"
    toast(request, str(report), undo=undo, level=level)
    return HttpResponseRedirect(_back(request))
