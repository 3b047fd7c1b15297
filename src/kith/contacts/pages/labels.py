"""Labels and envelopes for the ticked contacts, for one, or for all that a list shows."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.forms.labels import LabelsForm, usual
from kith.contacts.labels.addressees import Addressee, addressees
from kith.contacts.labels.laying import doubtful_lines, holding, job_of, too_long
from kith.contacts.labels.sheets import Sheet
from kith.contacts.listing.asked import listed_ids
from kith.contacts.listing.state import KEPT, read_state
from kith.contacts.pages.export import wants_all
from kith.contacts.pages.loading import LIST, PROSPECTS
from kith.contacts.pages.ticked import ticked_ids
from kith.contacts.queries import installed_ids, prospects_visible_to, shown_to, visible_to
from kith.core import clock
from kith.core.habits import count_text
from kith.files.typesetting import NotTypeset, typeset
from kith.history.models import Door
from kith.records.door import change_set
from kith.web.lists import with_params
from kith.web.pages import next_url

MOST = 10_000
NAMED = 5
ALL, REMEMBERED = "all", "labels"
TEMPLATE = Path(__file__).parents[1] / "data" / "labels.typ"


@dataclass
class Wanted:
    """Whom it is about. `ids` is what the form brings back; a list is asked again."""

    found: Sequence[Addressee]
    ids: str = ALL
    too_many: bool = False

    @property
    def printed(self) -> list[Addressee]:
        return [each for each in self.found if each.lines]

    @property
    def homeless(self) -> list[Addressee]:
        return [each for each in self.found if not each.lines]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def labels(request: SignedInRequest, *, prospects: bool = False) -> HttpResponse:
    """The list posts the ticked ones here; the form on the page posts what to print on."""
    require(request.user, Permission.CONTACT_EXPORT)
    wanted = _wanted(request, prospects=prospects)
    if "sheet" not in request.POST:
        form = LabelsForm(_usual(request) | {"start": 1})
        if not form.is_valid():  # What was kept is of an older version.
            form = LabelsForm(usual())
            form.full_clean()
        return _draw(request, wanted, form, prospects=prospects)
    form = LabelsForm(request.POST)
    if not form.is_valid():
        return _draw(request, wanted, form, 422, prospects=prospects)
    request.session[REMEMBERED] = form.cleaned_data
    # A change of the form asks for the preview, and names the button that was pressed before it.
    prints = request.POST.get("act") == "print" and not request.htmx
    if not prints or not wanted.printed or wanted.too_many:
        return _draw(request, wanted, form, prospects=prospects)
    return _pdf(request, wanted.printed, form)


def _usual(request: SignedInRequest) -> dict[str, Any]:
    """What was printed on the last time."""
    kept = request.session.get(REMEMBERED) or {}
    return {name: kept.get(name, value) for name, value in usual().items()}


def _wanted(request: SignedInRequest, *, prospects: bool) -> Wanted:
    seen = prospects_visible_to if prospects else visible_to
    chosen = _chosen(request)
    if chosen is not None:
        found = addressees(request.user, shown_to(request.user), chosen[:MOST])
        return Wanted(found, ",".join(str(each.id) for each in found))
    listed: Iterable[int] = listed_ids(request.user, read_state(request.GET), seen)
    own = installed_ids()  # Nobody writes to those, unless they are ticked by hand.
    ids = list(islice((each for each in listed if each not in own), MOST + 1))
    found = addressees(request.user, seen(request.user), ids[:MOST])
    return Wanted(found, too_many=len(ids) > MOST)


def _chosen(request: SignedInRequest) -> Sequence[int] | None:
    """The ids that are named, or None for all that is listed."""
    if request.method == "POST" and "sheet" not in request.POST:
        return None if wants_all(request) else ticked_ids(request)
    text = request.POST.get("ids", request.GET.get("id", ALL))
    if text == ALL:
        return None
    return [int(each) for each in text.split(",") if _is_id(each)]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19


def _pdf(request: SignedInRequest, found: Sequence[Addressee], form: LabelsForm) -> HttpResponse:
    sheet, values = form.chosen(), form.cleaned_data
    job = job_of(found, sheet, start=values["start"], sender=values["sender"])
    made = typeset(TEMPLATE, job)
    _remember(request, len(found), sheet)
    response = HttpResponse(made.content, content_type="application/pdf")
    name = f"labels-{sheet.code}-{timezone.localdate(clock.now())}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _remember(request: SignedInRequest, count: int, sheet: Sheet) -> None:
    """Who took how many addresses, and when: a change set that changed nothing."""
    note = ngettext(
        "Labels: %(count)s address printed on %(sheet)s",
        "Labels: %(count)s addresses printed on %(sheet)s",
        count,
    )
    told = note % {"count": count_text(count), "sheet": sheet.label}
    with change_set(actor=request.user, door=Door.SCREEN, note=told) as changes:
        _made = changes.record


def _draw(
    request: SignedInRequest,
    wanted: Wanted,
    form: LabelsForm,
    status: int = 200,
    *,
    prospects: bool = False,
) -> HttpResponse:
    url = PROSPECTS if prospects else LIST
    gone = {name: None for name in request.GET if name not in KEPT}
    found = {
        "form": form,
        "wanted": wanted,
        "named": wanted.homeless[:NAMED],
        "homeless": count_text(len(wanted.homeless)),
        "more": _more(len(wanted.homeless)),
        "most": count_text(MOST),
        "back": next_url(request, with_params(url, request.GET, **gone)),
        "preview": _preview(wanted.printed, form) if wanted.printed and status == 200 else None,
    }
    return render(request, "contacts/labels.html", found, status=status)


def _more(count: int) -> str:
    """Of whom some are named."""
    return count_text(count - NAMED) if count > NAMED else ""


def _counted(printed: Sequence[Addressee], sheet: Sheet, start: int) -> dict[str, Any]:
    """How many there are, on how many sheets, and whose addresses are too long for them."""
    pages = -(-(len(printed) + start - 1) // sheet.per_page)
    cut = too_long(printed, sheet)
    return {
        "count": len(printed),
        "shown": count_text(len(printed)),
        "pages": pages,
        "pages_shown": count_text(pages),
        "sheet": sheet,
        "cut": cut[:NAMED],
        "cut_count": len(cut),
        "cut_shown": count_text(len(cut)),
        "cut_more": _more(len(cut)),
    }


def _preview(printed: Sequence[Addressee], form: LabelsForm) -> dict[str, Any]:
    """The first sheet as a picture, and what can't be printed on any of them."""
    values, sheet = form.cleaned_data, form.chosen()
    start = values["start"]
    first = printed[: sheet.per_page - start + 1]
    job = job_of(first, sheet, start=start, sender=values["sender"], outlines=not sheet.is_envelope)
    told = _counted(printed, sheet, start)
    try:
        made = typeset(TEMPLATE, job, form="png", check=doubtful_lines(printed))
    except NotTypeset as refused:
        return told | {"error": str(refused)}
    lacking = holding(printed, made.missing)
    return told | {
        "picture": "data:image/png;base64," + b64encode(made.content).decode(),
        "missing": " ".join(made.missing[:40]),
        "lacking": lacking[:NAMED],
        "lacking_more": _more(len(lacking)),
    }
