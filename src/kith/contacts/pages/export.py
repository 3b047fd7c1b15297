"""What is listed, or ticked, as a file that imports back."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.access import require
from kith.contacts.context import reading_context
from kith.contacts.listing.selection import Seen, Selection, shown_total
from kith.contacts.listing.sorting import Order
from kith.contacts.listing.state import RELEVANCE, State, read_state
from kith.contacts.pages.loading import LIST, PROSPECTS
from kith.contacts.pages.ticked import ticked_ids
from kith.contacts.queries import prospects_visible_to, visible_to
from kith.contacts.record import CONTACT
from kith.core import clock
from kith.core.kinds.sealed import Sealed
from kith.transfer.exporting import ENDINGS, FORMATS, export_records, exportable
from kith.web.lists import with_params
from kith.web.pages import layout

ASKED_HERE = ("format", "columns")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: SignedInRequest, *, prospects: bool = False) -> HttpResponse | FileResponse:
    """A POST names the ticked ones; a GET has the list's own query, and asks for the format
    when the address does not say it. Sensitive values are in it when a POST says so."""
    require(request.user, Permission.CONTACT_EXPORT)
    state = read_state(request.GET, reading_context(reader=request.user))
    seen: Seen = prospects_visible_to if prospects else visible_to
    wanted = request.GET.get("format", "")
    if request.method == "POST":
        ids = listed_ids(request, state, seen) if wants_all(request) else ticked_ids(request)
        return _file(request, wanted if wanted in FORMATS else FORMATS[0], ids, seen)
    if wanted in FORMATS:
        return _file(request, wanted, listed_ids(request, state, seen), seen)
    names = {"xlsx": _("Spreadsheet (.xlsx)"), "csv": _("Text (.csv)"),
             "vcf": _("vCards (.vcf, 3.0)"), "vcf4": _("vCards (.vcf, 4.0)")}  # fmt: skip
    links = [
        (name, with_params(request.path, request.GET, format=name), names[name]) for name in FORMATS
    ]
    found = {
        "layout": layout(request),
        "count": shown_total(Selection(request.user, state, seen).count()),
        "links": links,
        "columns": [(each.name, each.label) for each in exportable(CONTACT)],
        "labels": with_params(
            reverse("contacts:prospects-labels" if prospects else "contacts:labels"), request.GET
        ),
        "query": [pair for pair in request.GET.items() if pair[0] not in ASKED_HERE],
        "may_reveal": request.user.may(Permission.CONTACT_SENSITIVE) and _has_sensitive(),
        "back": with_params(PROSPECTS if prospects else LIST, request.GET, format=None),
    }
    return render(request, "contacts/list/export.html", found)


def wants_all(request: SignedInRequest) -> bool:
    """Everything that is listed, not only what is ticked."""
    return "listed" in request.POST or bool(request.POST.get("all"))


def _columns(request: SignedInRequest) -> list[str]:
    """The chosen ones, in their usual order; none chosen means all."""
    chosen = set(request.GET.getlist("columns"))
    return [each.name for each in exportable(CONTACT) if each.name in chosen]


def _has_sensitive() -> bool:
    return any(isinstance(each.kind, Sealed) for each in CONTACT.fields)


def listed_ids(request: SignedInRequest, state: State, seen: Seen) -> Iterable[int]:
    """In the order of the list; best matches first is by name here."""
    order = Order("name" if state.sort == RELEVANCE else state.sort)
    contacts = Selection(request.user, state, seen).all()
    for part in order.parts(contacts, request.user):
        rows = part.contacts.order_by(*part.order.columns(backwards=False))
        yield from rows.values_list("pk", flat=True).iterator()


def _file(
    request: SignedInRequest, file_format: str, ids: Iterable[int], seen: Seen
) -> FileResponse:
    reveals = request.method == "POST" and "sensitive" in request.POST
    if reveals:
        require(request.user, Permission.CONTACT_SENSITIVE)
    with tempfile.TemporaryDirectory() as folder:
        ending = ENDINGS.get(file_format, file_format)
        path = Path(folder) / f"contacts.{ending}"
        export_records(
            actor=request.user,
            record_type=CONTACT,
            to=path,
            file_format=file_format,
            ids=ids,
            fields=_columns(request),
            reveals=reveals,
            within=seen(request.user),
        )
        name = f"contacts-{timezone.localdate(clock.now())}.{ending}"
        # Opened before its folder goes: the open file stays readable.
        return FileResponse(path.open("rb"), as_attachment=True, filename=name)
