"""What is listed, or ticked, as a file that imports back: at once, or by a job where it is much."""

import tempfile
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.listing.asked import Asked
from kith.contacts.listing.counts import AT_LEAST, MOST_COUNTED, shown_total
from kith.contacts.listing.offered import shown_by
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import State
from kith.contacts.pages.loading import LIST, PROSPECTS
from kith.contacts.pages.ticked import ticked_ids
from kith.contacts.record import CONTACT
from kith.core.kinds.sealed import Sealed
from kith.transfer.exporting import FORMATS, exportable
from kith.transfer.models import Export
from kith.transfer.pages.steps import number
from kith.transfer.services.exports import (
    MOST_AT_ONCE,
    cut_texts,
    export_later,
    export_now,
    export_of,
    name_of,
)
from kith.web.lists import with_params
from kith.web.pages import layout
from kith.web.toasts import toast


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest, *, prospects: bool = False) -> HttpResponse | FileResponse:
    """The list's query stands in the address, the ticked ones are posted; once the format is
    posted too, the file is written. Sensitive values are in it when they are asked for."""
    require(request.user, Permission.CONTACT_EXPORT)
    asked = _asked(request, prospects=prospects)
    if request.method != "POST" or "format" not in request.POST or "every" in request.POST:
        return _ask(request, asked)
    export = _export(request, asked)
    ids = list(asked.in_order(request.user, MOST_AT_ONCE + 1))
    if len(ids) > MOST_AT_ONCE:
        export_later(export=export, actor=request.user, kind="export-contacts", total=None)
        return HttpResponseRedirect(reverse("transfer:export", args=[export.pk]))
    return _file(request, export, asked, ids)


def _asked(request: SignedInRequest, *, prospects: bool) -> Asked:
    ticked = request.method == "POST" and not wants_all(request)
    return Asked(request.GET.urlencode(), prospects, ticked_ids(request) if ticked else None)


def wants_all(request: SignedInRequest) -> bool:
    """Everything that is listed, not only what is ticked."""
    return "listed" in request.POST or bool(request.POST.get("all"))


def _export(request: SignedInRequest, asked: Asked) -> Export:
    """Raises Refused for a format that there is none of."""
    reveals = "sensitive" in request.POST
    if reveals:
        require(request.user, Permission.CONTACT_SENSITIVE)
    return export_of(
        actor=request.user,
        record_type=CONTACT,
        file_format=request.POST["format"],
        fields=_columns(request),
        reveals=reveals,
        title=_("Prospects") if asked.prospects else str(CONTACT.label_plural),
        query=asked.state(request.user).q,
        ids=None if asked.ids is None else list(asked.ids),
        asked=asked.as_json(),
    )


def _columns(request: SignedInRequest) -> list[str]:
    """The chosen ones, in their usual order; none chosen means all."""
    chosen = set(request.POST.getlist("columns"))
    return [each.name for each in exportable(CONTACT) if each.name in chosen]


def _shown(state: State) -> set[str]:
    """The fields that the list shows, where somebody or a view has chosen its columns."""
    fields = {name for column in state.columns for name in shown_by(column)}
    return fields & {each.name for each in exportable(CONTACT)}


def _file(request: SignedInRequest, export: Export, asked: Asked, ids: list[int]) -> FileResponse:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name_of(export)
        export_now(
            export=export, actor=request.user, to=path, ids=ids, within=asked.seen(request.user)
        )
        if told := cut_texts(export):
            toast(request, told, level="warning")
        # Opened before its folder goes: the open file stays readable.
        return FileResponse(path.open("rb"), as_attachment=True, filename=path.name)


def _ask(request: SignedInRequest, asked: Asked) -> HttpResponse:
    user, prospects = request.user, asked.prospects
    labels = reverse("contacts:prospects-labels" if prospects else "contacts:labels")
    shown = set() if "every" in request.POST else _shown(asked.state(user))
    found: dict[str, Any] = {
        "layout": layout(request),
        "ticked": asked.ids,
        "count": _count(request, asked),
        "formats": zip(FORMATS, _names(), strict=True),
        "columns": [(each.name, each.label, each.name in shown) for each in exportable(CONTACT)],
        "shown": number(len(shown)) if shown else "",
        "url": request.get_full_path(),
        "labels": with_params(labels, request.GET),
        "may_reveal": user.may(Permission.CONTACT_SENSITIVE) and _has_sensitive(),
        "back": with_params(PROSPECTS if prospects else LIST, request.GET, format=None),
    }
    return render(request, "contacts/list/export.html", found)


def _count(request: SignedInRequest, asked: Asked) -> str:
    if asked.ids is not None:
        count = len(asked.ids)
    else:
        count = _how_many(Selection(request.user, asked.state(request.user), asked.seen))
    if asked.prospects:
        said = ngettext("%(n)s prospect", "%(n)s prospects", count)
    else:
        said = ngettext("%(n)s contact", "%(n)s contacts", count)
    return said % {"n": shown_total(count)}


def _how_many(selection: Selection) -> int:
    """All of them, where the list only says that there are more than so many."""
    count = selection.count()
    more = count >= AT_LEAST or selection.most < count <= MOST_COUNTED
    return selection.all().count() if more else count


def _names() -> list[tuple[str, str]]:
    """Of the formats, in their order, and what each is good for."""
    return [
        (_("Excel (.xlsx)"), _("Excel, Google Sheets, LibreOffice")),
        (_("OpenDocument (.ods)"), _("LibreOffice, Collabora")),
        (_("Text (.csv)"), _("other programs")),
        (_("vCards (.vcf, 3.0)"), _("any phone or mail program, pictures too")),
        (_("vCards (.vcf, 4.0)"), _("newer ones")),
    ]


def _has_sensitive() -> bool:
    return any(isinstance(each.kind, Sealed) for each in CONTACT.fields)
