"""Undo of any change set, from a toast or from history."""

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.accounts.requests import SignedInRequest
from kith.contacts.record import CONTACT
from kith.core.errors import Refused
from kith.history.models import Change, ChangeSet, Door
from kith.history.queries import also_changed
from kith.jobs import size
from kith.jobs.services import start, undone
from kith.records import undo as undoing
from kith.records.access import change_set_for
from kith.records.telling import told
from kith.web.pages import layout, next_url
from kith.web.toasts import toast


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks first where much is taken back; who comes by the address is always asked."""
    original = change_set_for(request.user, pk)
    if request.method != "POST":
        return _come(request, original)
    count = Change.objects.filter(change_set=original).order_by()[: size.AT_ONCE + 1].count()
    large = size.wants_job(count) and original.undone_at is None
    if "sure" not in request.POST and (large or _is_more(request, original)):
        return _ask(request, original)
    undone(request.path)
    if large:
        start("undo", title=_("Undo"), user=request.user, change_set=original.pk)
        said = _("This is being undone; the bar at the top shows how far it is.")
        toast(request, said, level="info")
        return HttpResponseRedirect(_back(request))
    try:
        report = undoing.undo(actor=request.user, original=original)
    except Refused as error:
        toast(request, str(error), level="warning")
    else:
        level = "warning" if report.kept else "success"
        done = report.undone and not report.kept  # One act, of however many changes.
        toast(request, _("Undone.") if done else told(report, request.user), level=level)
    return HttpResponseRedirect(_back(request))


def _come(request: SignedInRequest, original: ChangeSet) -> HttpResponse:
    """As who reloads the question does."""
    if original.undone_at is None:
        return _ask(request, original)
    toast(request, _("This is undone already."), level="warning")
    return HttpResponseRedirect(_back(request))


def _about(request: SignedInRequest) -> int:
    """The contact in whose history it stood, or 0."""
    given = request.GET.get("of", "")
    return int(given) if given.isdecimal() and len(given) < 19 else 0


def _is_more(request: SignedInRequest, original: ChangeSet) -> bool:
    """An import, or in one contact's history what changed others as well."""
    if original.undone_at is not None or original.door == Door.IMPORT:
        return original.undone_at is None
    contact = _about(request)
    return bool(contact and also_changed([original.pk], CONTACT.name, contact))


def _ask(request: SignedInRequest, original: ChangeSet) -> HttpResponse:
    """Whoever looks at one contact's history may think that it is undone for it alone."""
    found = {
        "layout": layout(request),
        "filename": (original.note or _("a file")) if original.door == Door.IMPORT else "",
        "note": original.note,
        "about": _about(request),
        "count": Change.objects.filter(change_set=original).count(),
        "next": _back(request),
    }
    return render(request, "web/undo_ask.html", found)


def _back(request: SignedInRequest) -> str:
    """Where the person was, when that was a page of ours."""
    wanted = next_url(request, "")
    came = request.headers.get("referer", "")
    if wanted:
        return wanted
    ours = url_has_allowed_host_and_scheme(
        came, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    parts = urlsplit(came)
    # A path of two slashes would name another host.
    here = ours and parts.path.startswith("/") and not parts.path.startswith("//")
    here = here and parts.path != request.path  # A question that was reloaded.
    return f"{parts.path}?{parts.query}" if here else "/"
