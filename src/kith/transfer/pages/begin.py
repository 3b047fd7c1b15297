"""The list of imports, and the first step: a file."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.accounts.requests import SignedInRequest
from kith.core.record_types import RecordType, registry
from kith.transfer.access import require_act
from kith.transfer.models import Import
from kith.transfer.pages.steps import number, steps, url
from kith.transfer.queries import imports_of
from kith.transfer.reading.workbook import UnreadableFile
from kith.transfer.services.imports import import_keep, import_look
from kith.transfer.standing import counts_now
from kith.web.lists import Empty
from kith.web.once import check_new, made_once

ACCEPTED = ".xls,.xlsx,.xlsb,.ods,.csv,.tsv,.txt,.vcf"
LISTED = 100


def imported_type() -> RecordType:
    """The record type that sheets are imported into."""
    return next(each for each in registry if "import" in each.permissions)


@login_required
@require_safe
def import_list(request: SignedInRequest) -> HttpResponse:
    require_act(request.user, imported_type(), "import")
    imports = [_listed(each) for each in imports_of(request.user)[:LISTED]]
    empty = Empty(
        _("No imports yet"),
        _("Bring your contacts in from Excel, OpenDocument, CSV or vCards. You see what would be "
          "stored before it is, and can undo it afterwards."),
        icon="file-import",
        links=[(_("Import a file"), reverse("transfer:new"))],
    )  # fmt: skip
    may_export = request.user.may(imported_type().permissions["export"])
    found = {"imports": imports, "empty": empty, "may_export": may_export}
    return render(request, "transfer/list.html", found)


def _listed(importing: Import) -> dict[str, Any]:
    counts = Counter(counts_now(importing))
    return {
        "importing": importing,
        "url": url("show", importing),
        "total": number(counts["total"]),
        "created": number(counts["created"]),
        "updated": number(counts["updated"]),
        "left_out": number(counts["invalid"] + counts["duplicates"]),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: SignedInRequest) -> HttpResponse:
    """An unreadable file is told in words, with nothing kept of it."""
    record_type = imported_type()
    require_act(request.user, record_type, "import")
    if request.method != "POST":
        return _draw_new(request)
    upload = request.FILES.get("file")
    if upload is None:
        return _draw_new(request, missing=True)
    check_new(request)
    try:
        looked = import_look(
            actor=request.user,
            record_type=record_type.name,
            chunks=upload.chunks(),
            filename=upload.name or "",
        )
    except UnreadableFile as refused:
        return _draw_new(request, error=str(refused), name=upload.name or "")
    with made_once(request) as made:
        made.url = url("columns", import_keep(importing=looked))
    return HttpResponseRedirect(made.url)


def _draw_new(
    request: SignedInRequest, *, error: str = "", name: str = "", missing: bool = False
) -> HttpResponse:
    found = {
        "steps": steps(None),
        "cancel_url": reverse("transfer:list"),
        "accept": ACCEPTED,
        "error": error,
        "name": name,
        "most": settings.UPLOAD_MEGABYTES,
        "missing": missing,
    }
    return render(request, "transfer/new.html", found, status=422 if error or missing else 200)
