"""How customer and vendor numbers look, and which is the next."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.pages.done import done
from kith.core.errors import NotFound, Refused
from kith.reference.models import NumberSeries
from kith.reference.numbering import formatted, series_of, series_set
from kith.web.pages import SETTINGS, layout

LABELS = {
    "customer": gettext_lazy("Customer numbers"),
    "vendor": gettext_lazy("Vendor numbers"),
}


class SeriesForm(forms.Form):
    begins = forms.CharField(label=gettext_lazy("Begins with"), max_length=15, required=False)
    digits = forms.IntegerField(
        label=gettext_lazy("Digits"),
        min_value=1,
        max_value=12,
        help_text=gettext_lazy("Shorter numbers get zeros in front."),
    )
    next_number = forms.IntegerField(
        label=gettext_lazy("Next number"), min_value=1, max_value=999_999_999_999
    )


def number_series() -> list[tuple[str, Any, str]]:
    """(name, label, how the next one will look)"""
    rows = {name: series_of(name) for name in LABELS}
    return [
        (name, LABELS[name], formatted(row.prefix, row.digits, row.next_number))
        for name, row in rows.items()
    ]


class NumbersPage(View):
    def get(self, request: SignedInRequest, name: str) -> HttpResponse:
        require(request.user, Permission.SETTINGS_MANAGE)
        row = _series(name)
        known = {"begins": row.prefix, "digits": row.digits, "next_number": row.next_number}
        return _draw(request, name, SeriesForm(initial=known))

    def post(self, request: SignedInRequest, name: str) -> HttpResponse:
        require(request.user, Permission.SETTINGS_MANAGE)
        _series(name)
        form = SeriesForm(request.POST)
        if not form.is_valid():
            return _draw(request, name, form, 422)
        given = dict(form.cleaned_data)
        try:
            record = series_set(actor=request.user, name=name, prefix=given.pop("begins"), **given)
        except Refused as error:
            form.add_error("next_number", str(error))
            return _draw(request, name, form, 422)
        url = reverse("setup:company")
        said = _("Saved. Numbers that were given stay as they are.")
        return done(request, said, record, url, then=url)


def _series(name: str) -> NumberSeries:
    if name not in LABELS:
        raise NotFound
    return series_of(name)


def _draw(request: SignedInRequest, name: str, form: SeriesForm, status: int = 200) -> HttpResponse:
    found = {
        "layout": layout(request, SETTINGS),
        "title": LABELS[name],
        "up": reverse("setup:company"),
        "up_label": _("Company"),
        "form": form,
        "saves": True,
    }
    return render(request, "setup/option.html", found, status=status)
