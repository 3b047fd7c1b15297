"""A column that no field takes becomes a field of the firm's own, without leaving the import."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.core.errors import NotFound, Refused
from kith.core.record_types import RecordType
from kith.customfields.values import OWN_KINDS
from kith.transfer.access import import_for
from kith.transfer.guessing import guess_own_kind
from kith.transfer.models import Import
from kith.transfer.pages.steps import COLUMNS, steps, url
from kith.transfer.queries import column_values, type_of
from kith.transfer.reading.limits import Limits
from kith.transfer.services.imports import is_open
from kith.transfer.services.own_fields import field_for_column
from kith.web.toasts import toast

SHOWN = 8


class NewFieldForm(forms.Form):
    label = forms.CharField(label=_("Label"), max_length=60)
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[(name, kind.label) for name, kind in OWN_KINDS.items()],
        help_text=_("What it holds, judged by its values."),
    )
    options = forms.CharField(
        label=_("Options"),
        help_text=_("Only for choices: one to a line."),
        widget=forms.Textarea({"rows": 5}),
        max_length=60_000,
        required=False,
    )
    section = forms.ChoiceField(label=_("Section"))

    def __init__(self, *args: Any, record_type: RecordType, **more: Any) -> None:
        super().__init__(*args, **more)
        section = self.fields["section"]
        assert isinstance(section, forms.ChoiceField)
        section.choices = list(record_type.sections)
        section.initial = record_type.custom_section


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_field(request: SignedInRequest, pk: int, place: int) -> HttpResponse:
    importing = import_for(request.user, pk)
    require(request.user, Permission.SETTINGS_MANAGE)
    if not is_open(importing):
        return HttpResponseRedirect(url("show", importing))
    if place >= len(importing.headings):
        raise NotFound
    heading = importing.headings[place]
    values = column_values(importing, place)
    form = NewFieldForm(
        request.POST or None,
        record_type=type_of(importing),
        initial=_guessed(importing, heading, values),
    )
    if form.is_valid() and _make(request, importing, heading, form):
        return HttpResponseRedirect(url("columns", importing))
    context = {
        "importing": importing, "steps": steps(importing, COLUMNS), "form": form,
        "heading": heading, "samples": list(dict.fromkeys(values))[:SHOWN],
    }  # fmt: skip
    status = 422 if request.method == "POST" else 200
    return render(request, "transfer/new_field.html", context, status=status)


def _guessed(importing: Import, heading: str, values: list[str]) -> dict[str, str]:
    whole = len(importing.sheets[importing.sheet]["sample"]) < Limits().sample_rows
    kind = guess_own_kind(values, whole=whole)
    distinct = sorted(set(values), key=str.casefold) if kind == "choice" else []
    return {"label": heading[:60], "kind": kind, "options": "\n".join(distinct)}


def _make(request: SignedInRequest, importing: Import, heading: str, form: NewFieldForm) -> bool:
    said = dict(form.cleaned_data)
    said["options"] = said["options"].splitlines()
    try:
        field_for_column(actor=request.user, importing=importing, heading=heading, **said)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    toast(request, _("The field “%(label)s” was made.") % {"label": said["label"]})
    return True
