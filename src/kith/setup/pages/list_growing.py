"""Who may add to a reference list, in place."""

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
from kith.reference.growth import everybody_adds
from kith.reference.lists import ListInfo, list_info
from kith.reference.services.company import list_grow
from kith.setup.pages.options import back_to_list
from kith.web.pages import SETTINGS, layout

EVERYBODY, KEEPERS = "all", "keepers"


class WhoForm(forms.Form):
    who = forms.ChoiceField(
        label=gettext_lazy("Who may add to it"),
        choices=(
            (EVERYBODY, gettext_lazy("Everybody who may change contacts")),
            (KEEPERS, gettext_lazy("Only people who may change lists")),
        ),
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "Everybody else chooses from what is there, in forms and in imports."
        ),
    )


class OthersForm(WhoForm):
    """Of a list of codes, which there are whether or not the list names them."""

    who = forms.ChoiceField(
        label=gettext_lazy("What forms offer"),
        choices=(
            (EVERYBODY, gettext_lazy("These first, then all others")),
            (KEEPERS, gettext_lazy("Only these")),
        ),
        widget=forms.RadioSelect,
    )


def _form(info: ListInfo) -> type[WhoForm]:
    return OthersForm if info.codes else WhoForm


class ListGrowing(View):
    def get(self, request: SignedInRequest, name: str) -> HttpResponse:
        require(request.user, Permission.REFERENCE_MANAGE)
        info = list_info(name)
        now = EVERYBODY if everybody_adds(name) else KEEPERS
        return _draw(request, info, _form(info)(initial={"who": now}))

    def post(self, request: SignedInRequest, name: str) -> HttpResponse:
        require(request.user, Permission.REFERENCE_MANAGE)
        info = list_info(name)
        form = _form(info)(request.POST)
        if not form.is_valid():
            return _draw(request, info, form, 422)
        everybody = form.cleaned_data["who"] == EVERYBODY
        record = list_grow(actor=request.user, name=name, everybody=everybody)
        return back_to_list(request, name, _("Saved."), record)


def _draw(
    request: SignedInRequest, info: ListInfo, form: WhoForm, status: int = 200
) -> HttpResponse:
    found = {
        "layout": layout(request, SETTINGS),
        "title": form.fields["who"].label,
        "up": reverse("setup:list", args=[info.name]),
        "up_label": info.label,
        "form": form,
        "saves": True,
    }
    return render(request, "setup/option.html", found, status=status)
