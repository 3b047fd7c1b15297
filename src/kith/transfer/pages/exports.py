"""Exports: who took what, one while it is being made, and its file."""

from contextlib import suppress
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.core.errors import Refused
from kith.transfer.access import export_for, require_act
from kith.transfer.models import Export, Standing
from kith.transfer.pages.begin import LISTED, imported_type
from kith.transfer.pages.speed import speed
from kith.transfer.pages.steps import number
from kith.transfer.queries import exports_seen_by
from kith.transfer.services.exports import (
    cut_texts,
    ending_of,
    export_discard,
    export_stop,
    name_of,
    path_of,
)
from kith.web.lists import Empty
from kith.web.toasts import toast

LOOKS = {Standing.READY: "good", Standing.FAILED: "bad"}


@login_required
@require_safe
def export_list(request: SignedInRequest) -> HttpResponse:
    require_act(request.user, imported_type(), "export")
    exports = list(exports_seen_by(request.user)[:LISTED])
    empty = Empty(
        _("No exports yet"),
        _("Choose Export above the list of contacts. What was exported, when and by whom, is "
          "kept here; the files of large ones too, for a while."),
        icon="file-export",
        links=[(_("Go to the contacts"), "/contacts/")],
    )  # fmt: skip
    found = {
        "exports": [_told(each, request.user) for each in exports],
        "empty": empty,
        "everybodys": request.user.may(Permission.SECURITY_SEE),
        "may_import": request.user.may(imported_type().permissions["import"]),
    }
    return render(request, "transfer/exports.html", found)


def _told(export: Export, user: Any) -> dict[str, Any]:
    standing = export.standing
    own = export.user_id == user.pk
    ready = own and standing == Standing.READY
    return {
        "export": export,
        "standing": standing.label,
        "look": LOOKS.get(standing, ""),
        "count": "" if export.count is None else number(export.count),
        "ending": f".{ending_of(export)}",
        "size": "" if export.size is None else filesizeformat(export.size),
        "what": _what(export),
        "cut": cut_texts(export),
        "url": _url("export", export) if own and not export.at_once else "",
        "file_url": _url("export-file", export) if ready else "",
    }


def _what(export: Export) -> str:
    """Which of them: the query, those that were ticked, or all."""
    if export.ids is not None:
        return _("ticked")
    return export.query or _("all")


def _url(name: str, export: Export) -> str:
    return reverse(f"transfer:{name}", args=[export.pk])


@login_required
@require_safe
def export_show(request: SignedInRequest, pk: int) -> HttpResponse:
    return render(request, "transfer/export.html", _page(request, export_for(request.user, pk)))


@login_required
@require_safe
def export_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bar, asked for each second; when the file is there the page is shown anew."""
    export = export_for(request.user, pk)
    if export.is_working:
        return render(request, "transfer/_progress.html", _page(request, export))
    if request.htmx:
        return HttpResponseClientRefresh()
    return HttpResponseRedirect(_url("export", export))


def _page(request: SignedInRequest, export: Export) -> dict[str, Any]:
    job = export.job
    done, total = (job.done, job.total) if job else (0, None)
    waits = job is not None and job.started_at is None
    return {
        **_told(export, request.user),
        "working": export.is_working,
        "ready": export.standing == Standing.READY,
        "name": name_of(export),
        "columns": number(len(export.fields)) if export.fields else "",
        "error": job.message if job and export.standing == Standing.FAILED else "",
        "title": _("Waiting for other jobs") if waits else _("Exporting"),
        "done": done,
        "total": total,
        "poll_url": _url("export-progress", export),
        **speed(job, done, total),
    }


@login_required
@require_safe
def export_file(request: SignedInRequest, pk: int) -> FileResponse:
    export = export_for(request.user, pk)
    if export.reveals:
        require(request.user, Permission.CONTACT_SENSITIVE)
    if export.standing == Standing.READY:
        with suppress(FileNotFoundError):
            file = path_of(export).open("rb")
            return FileResponse(file, as_attachment=True, filename=name_of(export))
    raise Refused(_("There is no file of this export. Export once more."), code="no-file")


@login_required
@require_POST
def export_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    export = export_for(request.user, pk)
    export_stop(export=export)
    return HttpResponseRedirect(_url("export", export))


@login_required
@require_POST
def export_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    export_discard(export=export_for(request.user, pk))
    toast(request, _("The file was removed."))
    return HttpResponseRedirect(reverse("transfer:exports"))
