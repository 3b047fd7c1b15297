"""What is done to options from their list: moving, sorting, archiving, deleting, merging."""

import re
from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.undo_address import undo_url
from kith.core.errors import NotFound, Refused
from kith.jobs.services import start
from kith.reference import queries
from kith.reference.lists import list_info
from kith.reference.models import Option
from kith.reference.services import options
from kith.reference.services.merging import (
    PORTION,
    options_merge,
    options_to_merge,
    values_to_move,
)
from kith.setup.pages.option_list import draw_list
from kith.setup.pages.options import back_to_list
from kith.web.pages import SETTINGS, layout
from kith.web.toasts import toast_now

STEPS = {"up": -1, "down": 1}
CARRIED = re.compile(r"-?\d{1,5}", re.ASCII)
"""So many places a row was dragged."""
MOST_CHOSEN = 2000


def _chosen(request: SignedInRequest) -> list[int]:
    """The ids that were ticked."""
    texts = request.POST.getlist("id")[:MOST_CHOSEN]
    return [int(text) for text in texts if text.isdecimal() and len(text) < 19]


@require_POST
def option_move(request: SignedInRequest, name: str) -> HttpResponse:
    require(request.user, Permission.REFERENCE_MANAGE)
    info = list_info(name)
    pk, _colon, way = request.POST.get("move", "").partition(":")
    if not (pk.isdecimal() and len(pk) < 19 and (way in STEPS or CARRIED.fullmatch(way))):
        raise NotFound
    option = queries.option_for(name, int(pk))
    record = options.option_move(actor=request.user, option=option, step=STEPS.get(way) or int(way))
    said = _("%(name)s was moved.") % {"name": option.name}
    if not request.htmx or record is None:
        return back_to_list(request, name, said, record) if record else draw_list(request, info)
    undo = undo_url(record, then=reverse("setup:list", args=[name]))
    return toast_now(draw_list(request, info), said, undo=undo)


@require_POST
def options_sort(request: SignedInRequest, name: str) -> HttpResponse:
    require(request.user, Permission.REFERENCE_MANAGE)
    list_info(name)
    record = options.options_sort(actor=request.user, list_name=name)
    return back_to_list(request, name, _("Sorted by the alphabet, new ones too."), record)


@require_POST
def options_archive(request: SignedInRequest, name: str, *, archived: bool) -> HttpResponse:
    require(request.user, Permission.REFERENCE_MANAGE)
    list_info(name)
    ids = _chosen(request)
    record = options.options_archive(actor=request.user, list_name=name, ids=ids, archived=archived)
    if archived:
        said = ngettext("%(n)d was archived.", "%(n)d were archived.", len(ids))
    else:
        said = ngettext("%(n)d is in use again.", "%(n)d are in use again.", len(ids))
    return back_to_list(request, name, said % {"n": len(ids)}, record)


@require_POST
def options_delete(request: SignedInRequest, name: str) -> HttpResponse:
    require(request.user, Permission.REFERENCE_MANAGE)
    list_info(name)
    ids = _chosen(request)
    try:
        record = options.options_delete(actor=request.user, list_name=name, ids=ids)
    except Refused as error:
        return back_to_list(request, name, str(error), None, level="warning")
    said = ngettext("%(n)d was deleted.", "%(n)d were deleted.", len(ids))
    return back_to_list(request, name, said % {"n": len(ids)}, record)


@require_POST
def options_merge_page(request: SignedInRequest, name: str) -> HttpResponse:
    """Asks which one stays; with that said, does it, at once or as a job."""
    require(request.user, Permission.REFERENCE_MANAGE)
    if list_info(name).codes:
        raise NotFound
    found = options_to_merge(name, _chosen(request))
    if len(found) < 2:
        said = _("Choose at least two options to merge.")
        return back_to_list(request, name, said, None, level="warning")
    keep = next((each for each in found if str(each.pk) == request.POST.get("keep")), None)
    if keep is None:
        return _ask(request, name, found)
    return _merge(request, keep, [each for each in found if each is not keep])


def _ask(request: SignedInRequest, name: str, found: Sequence[Option]) -> HttpResponse:
    held = {each.pk: count for each in found if (count := values_to_move(name, [each.pk]))}
    most = max(found, key=lambda each: held.get(each.pk, 0))
    shown = {
        "layout": layout(request, SETTINGS),
        "title": _("Which one stays?"),
        "up": reverse("setup:list", args=[name]),
        "up_label": list_info(name).label,
        "choices": [(each, held.get(each.pk, 0), each is most) for each in found],
        "action": reverse("setup:options-merge", args=[name]),
    }
    return render(request, "setup/options_merge.html", shown)


def _merge(request: SignedInRequest, keep: Option, others: Sequence[Option]) -> HttpResponse:
    name, gone = keep.list_name, [each.pk for each in others]
    if values_to_move(name, gone) > PORTION:
        title = _("Merging into %(name)s") % {"name": keep.name}
        start("merge-options", title=title, user=request.user, keep=keep.pk, others=gone)
        said = _("They are being merged; the bar at the top shows how far it is.")
        return back_to_list(request, name, said, None)
    record = options_merge(actor=request.user, keep=keep, others=others)
    return back_to_list(request, name, _("Merged into %(name)s.") % {"name": keep.name}, record)
