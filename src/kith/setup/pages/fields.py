"""Fields and sections of contacts, as an administrator shapes them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.context import reading_context
from kith.contacts.pages.done import done
from kith.contacts.record import CONTACT
from kith.contacts.undo_address import undo_url
from kith.core.errors import NotFound, Refused
from kith.core.fields import Field
from kith.core.shapes import shapes
from kith.customfields.queries import definitions, field_shaped, usage
from kith.customfields.services.fields import (
    field_archive,
    field_create,
    field_move,
    field_update,
)
from kith.customfields.values import OWN_KINDS
from kith.history.models import ChangeSet
from kith.setup.field_forms import FieldForm, kind_of, needed_choices, said_of
from kith.web.once import check_new, made_once
from kith.web.toasts import toast_now

HERE = "setup:fields"
PLACES = re.compile(r"-?[1-9]\d{0,2}", re.ASCII)


@dataclass(frozen=True)
class Line:
    """One field of the list. `marks` say in a word each what was said of it."""

    field: Field
    kind: Any
    icon: str
    marks: Sequence[str]
    fixed: bool


@dataclass(frozen=True)
class Block:
    name: str
    label: Any
    own: bool
    lines: Sequence[Line]
    hidden: Sequence[Line]


@require_safe
def field_list(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.SETTINGS_MANAGE)
    return _draw(request)


def _draw(request: SignedInRequest) -> HttpResponse:
    needed = dict(needed_choices(CONTACT))
    builtin = dict(CONTACT.declared.sections)
    blocks = [
        Block(
            name,
            label,
            name not in builtin,
            [_line(each, needed) for each in _shaped(name) if not each.hidden],
            [_line(each, needed) for each in _shaped(name) if each.hidden],
        )
        for name, label in CONTACT.sections
    ]
    template = "setup/fields/blocks.html" if request.htmx else "setup/fields/list.html"
    return render(request, template, {"blocks": blocks})


def _shaped(section: str) -> Sequence[Field]:
    """The fields of a section that the settings speak of."""
    return [
        each
        for each in CONTACT.fields
        if each.section == section and (each.hidden or not each.system)
    ]


def _line(field: Field, needed: dict[str, str]) -> Line:
    kind, icon = kind_of(field)
    asked = [needed[each] for each in field.required_for if each in needed]
    marks = [_("Required: %(whom)s") % {"whom": ", ".join(asked)}] if asked else []
    marks += [_("Unique")] * field.unique + [_("Column")] * (field.custom and field.column)
    marks += [_("Filter")] * (field.custom and field.filter)
    marks += [_("Search")] * (field.custom and bool(field.search))
    return Line(field, kind, icon, marks, field.name in CONTACT.fixed)


@require_http_methods(["GET", "HEAD", "POST"])
def field_new(request: SignedInRequest) -> HttpResponse:
    """First the kind, then what is to be said of the field."""
    require(request.user, Permission.SETTINGS_MANAGE)
    kind = request.GET.get("kind", "")
    if kind not in OWN_KINDS:
        return render(request, "setup/fields/kinds.html", {"kinds": OWN_KINDS.values()})
    section = request.GET.get("section", "") or CONTACT.custom_section
    begin = {"section": section, "filterable": OWN_KINDS[kind].filterable}
    posted = request.POST if request.method == "POST" else None
    check_new(request)
    context = reading_context(reader=request.user)
    form = FieldForm(posted, record_type=CONTACT, context=context, kind=kind, initial=begin)
    found = {"form": form, "kind": OWN_KINDS[kind]}
    if posted is not None and form.is_valid():
        try:
            with made_once(request) as made:
                made.url = reverse(HERE)
                _name, change = field_create(
                    actor=request.user, kind=kind, options=form.options_typed(), **form.values()
                )
        except Refused as error:
            form.add_error(_place_of(error), str(error))
        else:
            return said(request, _("The field was added."), change)
    return render(request, "setup/fields/field.html", found, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def field_page(request: SignedInRequest, name: str) -> HttpResponse:
    require(request.user, Permission.SETTINGS_MANAGE)
    field = field_shaped(CONTACT, name)
    stored = definitions(CONTACT.name).get(name)
    kind = stored.kind if stored else ""
    posted = request.POST if request.method == "POST" else None
    form = FieldForm(
        posted,
        record_type=CONTACT,
        context=reading_context(reader=request.user),
        kind=kind,
        field=field,
        initial=said_of(field, stored),
    )
    if posted is not None and form.is_valid() and (answer := _saved(request, field, form)):
        return answer
    found = {
        "form": form,
        "field": field,
        "line": _line(field, {}),
        "kind": OWN_KINDS.get(kind),
        "options_of": getattr(field.kind, "list_name", ""),
    }
    return render(request, "setup/fields/field.html", found, status=422 if form.errors else 200)


def _saved(request: SignedInRequest, field: Field, form: FieldForm) -> HttpResponse | None:
    """None when it was refused; the form says why."""
    try:
        change = field_update(actor=request.user, name=field.name, values=form.values())
    except Refused as error:
        form.add_error(_place_of(error), str(error))
        return None
    return said(request, _("%(field)s was saved.") % {"field": field.label}, change)


def _place_of(error: Refused) -> str | None:
    places = {"label": "label", "not-unique": "is_unique", "section-unknown": "section"}
    return next((place for start, place in places.items() if error.code.startswith(start)), None)


@require_POST
def move(request: SignedInRequest, name: str) -> HttpResponse:
    require(request.user, Permission.SETTINGS_MANAGE)
    field = field_shaped(CONTACT, name)
    change = field_move(actor=request.user, name=name, by=direction(request))
    return again(request, _("%(name)s was moved.") % {"name": field.label}, change)


def direction(request: SignedInRequest) -> int:
    """One up or down by the buttons; further when it was dragged."""
    by = request.POST.get("by", "")
    if not PLACES.fullmatch(by):
        raise NotFound
    return int(by)


def again(request: SignedInRequest, text: str, change: ChangeSet | None) -> HttpResponse:
    """The list as it is now: a part of the page, or the page."""
    if not request.htmx:
        return said(request, text, change)
    shapes.look_again()
    drawn = _draw(request)
    return toast_now(drawn, text, undo=undo_url(change, then=reverse(HERE))) if change else drawn


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request: SignedInRequest, name: str) -> HttpResponse:
    """Asks first, and says how much is stored in the field."""
    require(request.user, Permission.SETTINGS_MANAGE)
    field = field_shaped(CONTACT, name)
    if request.method == "POST":
        change = field_archive(actor=request.user, name=name)
        return said(request, _("%(field)s is hidden.") % {"field": field.label}, change)
    count = usage(CONTACT, name) if field.custom else None
    return render(request, "setup/fields/archive.html", {"field": field, "count": count})


@require_POST
def restore(request: SignedInRequest, name: str) -> HttpResponse:
    require(request.user, Permission.SETTINGS_MANAGE)
    field = field_shaped(CONTACT, name)
    change = field_archive(actor=request.user, name=name, archived=False)
    return said(request, _("%(field)s is shown again.") % {"field": field.label}, change)


def said(request: SignedInRequest, text: str, change: ChangeSet | None) -> HttpResponse:
    here = reverse(HERE)
    return done(request, text, change, here, then=here)
