"""The sections that fields stand in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.record import CONTACT
from kith.core.errors import NotFound, Refused
from kith.customfields.services.sections import (
    section_create,
    section_move,
    section_remove,
    section_rename,
)
from kith.history.models import ChangeSet
from kith.setup.pages.fields import HERE, again, direction, said
from kith.web.once import check_new, made_once


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.SETTINGS_MANAGE)
    return _ask(request, "")


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: SignedInRequest, name: str) -> HttpResponse:
    require(request.user, Permission.SETTINGS_MANAGE)
    if name not in dict(CONTACT.sections):
        raise NotFound
    return _ask(request, name)


def _ask(request: SignedInRequest, name: str) -> HttpResponse:
    """One line: the name of the section."""
    error, label = "", str(dict(CONTACT.sections).get(name, ""))
    if request.method == "POST":
        check_new(request)
        label = request.POST.get("label", "")[:100]
        try:
            change = _save(request, name, label)
        except Refused as refused:
            error = str(refused)
        else:
            return said(request, _("The section was saved."), change)
    found = {
        "name": name,
        "label": label,
        "error": error,
        "own": bool(name) and name not in dict(CONTACT.declared.sections),
    }
    return render(request, "setup/fields/section.html", found, status=422 if error else 200)


def _save(request: SignedInRequest, name: str, label: str) -> ChangeSet | None:
    if name:
        return section_rename(actor=request.user, name=name, label=label)
    with made_once(request) as made:
        made.url = reverse(HERE)
        return section_create(actor=request.user, label=label)[1]


@require_POST
def move(request: SignedInRequest, name: str) -> HttpResponse:
    require(request.user, Permission.SETTINGS_MANAGE)
    label = dict(CONTACT.sections).get(name, "")
    change = section_move(actor=request.user, name=name, by=direction(request))
    return again(request, _("%(name)s was moved.") % {"name": label}, change)


@require_POST
def remove(request: SignedInRequest, name: str) -> HttpResponse:
    require(request.user, Permission.SETTINGS_MANAGE)
    change = section_remove(actor=request.user, name=name)
    return said(request, _("The section was taken away."), change)
