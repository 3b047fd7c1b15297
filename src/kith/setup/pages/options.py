"""Adding, changing and pasting options of a reference list."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.pages.done import done
from kith.core.errors import Conflict, Rejected
from kith.core.habits import count_text
from kith.history.models import ChangeSet
from kith.reference import queries
from kith.reference.lists import ListInfo, list_info
from kith.reference.models import Option
from kith.reference.services import options
from kith.setup.option_forms import Lines, OptionForm
from kith.web.once import check_new, made_once
from kith.web.pages import SETTINGS, layout


def back_to_list(
    request: SignedInRequest, name: str, said: str, record: ChangeSet | None, level: str = "success"
) -> HttpResponse:
    """Back to the list with a word about it, and Undo where something was changed."""
    url = reverse("setup:list", args=[name])
    return done(request, said, record, url, then=url, level=level)


class OptionPage(View):
    """One option; without an id, a new one."""

    def get(self, request: SignedInRequest, name: str, pk: int | None = None) -> HttpResponse:
        require(request.user, Permission.REFERENCE_MANAGE)
        info, option = list_info(name), _option(name, pk)
        initial = {**option.attributes, "name": option.name} if option else {}
        return _draw(request, info, option, OptionForm(info=info, initial=initial))

    def post(self, request: SignedInRequest, name: str, pk: int | None = None) -> HttpResponse:
        require(request.user, Permission.REFERENCE_MANAGE)
        info, option = list_info(name), _option(name, pk)
        check_new(request)
        form = OptionForm(request.POST, info=info)
        if not form.is_valid():
            return _draw(request, info, option, form, 422)
        try:
            with made_once(request) as made:
                made.url = reverse("setup:list", args=[name])
                record = _save(request, option, form)
        except Rejected as error:
            form.complain(error)
            return _draw(request, info, option, form, 422)
        except Conflict:
            form.add_error(None, _("Somebody else changed this option in the meantime."))
            return _draw(request, info, _option(name, pk), form, 409)
        said = _("%(name)s is saved.") if option else _("%(name)s was added.")
        return back_to_list(request, name, said % {"name": form.cleaned_data["name"]}, record)


def _option(name: str, pk: int | None) -> Option | None:
    return None if pk is None else queries.option_for(name, pk)


def _save(request: SignedInRequest, option: Option | None, form: OptionForm) -> ChangeSet | None:
    version = request.POST.get("version", "")
    return options.option_save(
        actor=request.user,
        list_name=form.info.name,
        name=form.cleaned_data["name"],
        attributes=form.attributes,
        option=option,
        version=int(version) if version.isdecimal() and len(version) < 10 else None,
    )


def _draw(
    request: SignedInRequest,
    info: ListInfo,
    option: Option | None,
    form: OptionForm,
    status: int = 200,
) -> HttpResponse:
    found = {
        "layout": layout(request, SETTINGS),
        "title": option.name if option else _("Add to: %(list)s") % {"list": info.label},
        "up": reverse("setup:list", args=[info.name]),
        "up_label": info.label,
        "form": form,
        "option": option,
        "former": queries.former_names(option) if option else [],
    }
    return render(request, "setup/option.html", found, status=status)


class PastePage(View):
    """Many options at once, a line each."""

    def get(self, request: SignedInRequest, name: str) -> HttpResponse:
        require(request.user, Permission.REFERENCE_MANAGE)
        return _draw_paste(request, list_info(name), Lines())

    def post(self, request: SignedInRequest, name: str) -> HttpResponse:
        require(request.user, Permission.REFERENCE_MANAGE)
        check_new(request)
        info, form = list_info(name), Lines(request.POST)
        if not form.is_valid():
            return _draw_paste(request, info, form, 422)
        try:
            with made_once(request) as made:
                made.url = reverse("setup:list", args=[name])
                added, there, record = options.options_paste(
                    actor=request.user, list_name=name, lines=form.names
                )
        except Rejected as error:
            for problem in error.problems:
                form.add_error(problem.field, str(problem.message))
            return _draw_paste(request, info, form, 422)
        return back_to_list(request, name, _pasted(added, there), record)


def _pasted(added: int, there: int) -> str:
    said = ngettext("%(n)s was added.", "%(n)s were added.", added) % {"n": count_text(added)}
    if there:
        more = ngettext("%(n)s was there already.", "%(n)s were there already.", there)
        said = f"{said} {more % {'n': count_text(there)}}"
    return said


def _draw_paste(
    request: SignedInRequest, info: ListInfo, form: Lines, status: int = 200
) -> HttpResponse:
    found = {
        "layout": layout(request, SETTINGS),
        "title": _("Paste several into: %(list)s") % {"list": info.label},
        "up": reverse("setup:list", args=[info.name]),
        "up_label": info.label,
        "form": form,
    }
    return render(request, "setup/options_paste.html", found, status=status)
