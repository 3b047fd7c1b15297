"""What a person does with an import: run it, stop it, undo it, forget it."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kith.accounts.requests import SignedInRequest
from kith.history.models import Change
from kith.transfer.access import import_for
from kith.transfer.models import Import
from kith.transfer.options import ImportOptions
from kith.transfer.pages.steps import url
from kith.transfer.services import imports
from kith.transfer.services.bringing_back import import_bring_back
from kith.web.pages import layout
from kith.web.toasts import toast


@login_required
@require_POST
def import_run(request: SignedInRequest, pk: int) -> HttpResponse:
    importing = import_for(request.user, pk)
    imports.import_run(importing=importing, actor=request.user)
    return HttpResponseRedirect(url("show", importing))


@login_required
@require_POST
def import_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    importing = import_for(request.user, pk)
    imports.import_stop(importing=importing)
    return HttpResponseRedirect(url("show", importing))


@login_required
@require_POST
def import_shut(request: SignedInRequest, pk: int) -> HttpResponse:
    """Rows that everybody would see against the wish of the sheet become private; all are checked
    again."""
    importing = import_for(request.user, pk)
    options = replace(ImportOptions.from_json(importing.options), shuts=True)
    imports.import_set_options(importing=importing, options=options)
    imports.import_check(importing=importing, actor=request.user)
    return HttpResponseRedirect(url("show", importing))


@login_required
@require_POST
def import_undo(request: SignedInRequest, pk: int) -> HttpResponse:
    importing = import_for(request.user, pk)
    if importing.can_undo and "sure" not in request.POST:
        return _ask(request, importing)
    imports.import_undo(importing=importing, actor=request.user)
    return HttpResponseRedirect(url("show", importing))


@login_required
@require_POST
def import_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """From its page, or from its undo behind the bell. Nothing is asked: it is undone as before."""
    importing = import_for(request.user, pk)
    import_bring_back(importing=importing, actor=request.user, url=request.path)
    said = _("It is being brought back; the bar at the top shows how far it is.")
    toast(request, said, level="info")
    return HttpResponseRedirect(url("show", importing))


def _ask(request: SignedInRequest, importing: Import) -> HttpResponse:
    found = {
        "layout": layout(request),
        "filename": importing.filename,
        "count": Change.objects.filter(change_set=importing.change_set_id).count(),
        "next": url("show", importing),
    }
    return render(request, "web/undo_ask.html", found)


@login_required
@require_POST
def import_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    importing = import_for(request.user, pk)
    imports.import_discard(importing=importing)
    toast(request, _("%(file)s was forgotten.") % {"file": importing.filename})
    return HttpResponseRedirect(reverse("transfer:list"))
