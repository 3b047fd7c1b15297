"""The second step: which column feeds which field, and how the import is to be done."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.accounts.actors import SYSTEM
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.core.errors import KithError, Refused
from kith.transfer.access import import_for, require_act
from kith.transfer.models import Import, Stage
from kith.transfer.options import ImportOptions
from kith.transfer.pages.mapping_form import mapping_form, posted_mapping
from kith.transfer.pages.options_form import is_number, options_form, posted_options
from kith.transfer.pages.steps import COLUMNS, number, steps, url
from kith.transfer.queries import imports_of, type_of
from kith.transfer.services.imports import (
    import_check,
    import_choose_sheet,
    import_map,
    import_set_options,
    import_take_profile,
    is_open,
)
from kith.transfer.services.profiles import profile_save, profiles_of

FIRST_ROWS = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    importing = import_for(request.user, pk)
    if not is_open(importing):
        return HttpResponseRedirect(url("show", importing))
    error, options = "", ImportOptions.from_json(importing.options)
    if request.method == "POST":
        options = replace(posted_options(request.POST), spelt=options.spelt)
        try:
            _take(importing, request.POST, options, request.user)
            place = str(request.POST.get("new-field", ""))
            if is_number(place):
                return HttpResponseRedirect(reverse("transfer:field", args=[pk, int(place)]))
            import_check(importing=importing, actor=request.user)
        except KithError as refused:
            error = str(refused)
        else:
            return HttpResponseRedirect(url("show", importing))
    return render(
        request,
        "transfer/columns.html",
        _page(importing, options, error) | {"new_field": _may_shape(request)},
        status=422 if error else 200,
    )


def _may_shape(request: SignedInRequest) -> bool:
    return request.user.may(Permission.SETTINGS_MANAGE)


def _take(importing: Import, posted: QueryDict, options: ImportOptions, actor: Any) -> None:
    import_map(importing=importing, mapping=posted_mapping(importing, posted))
    if options.updates:
        require_act(actor, type_of(importing), "edit")
    import_set_options(importing=importing, options=options)
    name = str(posted.get("profile_name", "")).strip()
    if name:
        shared = "profile_shared" in posted
        profile_save(actor=actor, importing=importing, name=name, shared=shared)


@login_required
@require_POST
def import_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take another sheet or heading row of the file."""
    importing = import_for(request.user, pk)
    sheet, row = request.POST.get("sheet", ""), request.POST.get("heading_row", "")
    if not is_number(sheet) or (row and not is_number(row)):
        raise Refused(_("Choose a sheet, and the number of its row with the headings."))
    import_choose_sheet(
        importing=importing,
        sheet=int(sheet),
        # Another sheet has its headings elsewhere, unless the row was changed with it.
        heading_row=int(row) if row and int(sheet) == importing.sheet else None,
    )
    return HttpResponseRedirect(url("columns", importing))


@login_required
@require_POST
def import_profile(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take over the choices of a profile."""
    importing = import_for(request.user, pk)
    chosen = request.POST.get("profile", "")
    profile = (
        profiles_of(request.user, importing.record_type)
        .filter(pk=int(chosen) if is_number(chosen) else 0)
        .first()
    )
    if profile is None:
        raise Refused(_("Choose a profile first."))
    import_take_profile(importing=importing, profile=profile)
    return HttpResponseRedirect(url("columns", importing))


def _page(importing: Import, options: ImportOptions, error: str) -> dict[str, Any]:
    return {
        "importing": importing,
        "error": error,
        "steps": steps(importing, COLUMNS),
        **mapping_form(importing),
        "same_file": _imported_before(importing),
        "profiles": profiles_of(importing.user or SYSTEM, importing.record_type),
        "sheets": _sheets(importing),
        "heading_rows": range(1, FIRST_ROWS + 1),
        **options_form(type_of(importing), options),
    }


def _imported_before(importing: Import) -> Import | None:
    """The same file, byte by byte, of the same person: perhaps a slip."""
    earlier = imports_of(importing.user or SYSTEM).filter(digest=importing.digest)
    return earlier.filter(state=Stage.DONE).exclude(pk=importing.pk).first()


def _sheets(importing: Import) -> list[dict[str, Any]]:
    return [
        {
            "place": place,
            "name": sheet["name"] or _("Sheet %(number)d") % {"number": place + 1},
            "rows": number(sheet["rows"]) if sheet.get("rows") else "",
            "hidden": sheet["hidden"],
        }
        for place, sheet in enumerate(importing.sheets)
    ]
