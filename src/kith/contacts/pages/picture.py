"""A contact's picture: chosen, dropped or pasted, cut to a square, taken away, fetched."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kith.accounts.requests import SignedInRequest
from kith.contacts.access import contact_for
from kith.contacts.models import Contact
from kith.contacts.picture_address import NAMED, picture_url
from kith.contacts.services.contacts import contact_save
from kith.contacts.undo_address import undo_url
from kith.core.errors import NotFound
from kith.files.pictures import LARGE, Crop, PictureRefused, picture_keep, picture_path
from kith.records.checking import Checked
from kith.web.pages import go, sheet
from kith.web.toasts import toast

ACCEPTED = "image/jpeg,image/png,image/webp,image/gif"
KEPT_SECONDS = 24 * 3600
LARGEST_NUMBER = 6
"""Digits of a coordinate."""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def picture(request: SignedInRequest, pk: int) -> HttpResponse:
    contact = contact_for(request.user, pk, "edit")
    if request.method != "POST":
        return _ask(request, contact)
    if "remove" in request.POST:
        return _save(request, contact, None)
    upload = request.FILES.get("file")
    if upload is None:
        return _ask(request, contact, _("Choose a picture first."))
    try:
        kept = picture_keep(upload.chunks(), crop=_crop(request))
    except PictureRefused as refused:
        return _ask(request, contact, str(refused))
    return _save(request, contact, kept)


def _crop(request: SignedInRequest) -> Crop | None:
    """The middle, unless all three numbers were sent."""
    texts = [request.POST.get(name, "") for name in ("left", "top", "side")]
    if not all(text.isascii() and text.isdigit() for text in texts):
        return None
    left, top, side = (int(text[:LARGEST_NUMBER]) for text in texts)
    return left, top, side


def _ask(request: SignedInRequest, contact: Contact, error: str = "") -> HttpResponse:
    found: dict[str, Any] = {
        "sheet": sheet(request),
        "title": _("Picture"),
        "up": reverse("contacts:card", args=[contact.pk]),
        "up_label": contact.name,
        "contact": contact,
        "picture_url": picture_url(contact.pk, contact.picture, LARGE),
        "accept": ACCEPTED,
        "error": error,
    }
    return render(request, "contacts/form/picture.html", found, status=422 if error else 200)


def _save(request: SignedInRequest, contact: Contact, kept: str | None) -> HttpResponse:
    draft = Checked({"picture": kept}, id=contact.pk)
    changes = contact_save(actor=request.user, draft=draft)[1]
    if changes:
        said = _("The picture was saved.") if kept else _("The picture was taken away.")
        toast(request, said, undo=undo_url(changes))
    card = reverse("contacts:card", args=[contact.pk])
    return go(request, card)


@login_required
@require_safe
def picture_file(request: SignedInRequest, pk: int, name: str) -> FileResponse:
    """Only for who may see the contact, under the name of the picture that it has now."""
    contact = contact_for(request.user, pk)
    part, _dash, size = name.partition("-")
    if not contact.picture or part != contact.picture[:NAMED]:
        raise NotFound
    try:
        file = picture_path(contact.picture, size).open("rb")
    except (OSError, ValueError):
        raise NotFound from None
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    patch_vary_headers(response, ["Cookie"])
    return response
