"""The second step: which column feeds which field, and how the import is to be done."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.accounts.actors import SYSTEM
from kith.accounts.queries import Users
from kith.accounts.requests import SignedInRequest
from kith.core.countries import countries
from kith.core.errors import KithError, Refused
from kith.core.record_types import RecordType
from kith.core.text import plain
from kith.transfer.access import import_for, require
from kith.transfer.models import Import, Stage
from kith.transfer.options import (
    CREATE_ALL,
    CREATE_FILL,
    CREATE_OVERWRITE,
    CREATE_SKIP,
    DATE_ORDERS,
    FILL,
    OVERWRITE,
    SHORT,
    ImportOptions,
)
from kith.transfer.pages.mapping_form import mapping_form, posted_mapping
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
from kith.transfer.services.sharing import members_of, team_of, teams

FIRST_ROWS = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: SignedInRequest, pk: int) -> HttpResponse:
    importing = import_for(request.user, pk)
    if not is_open(importing):
        return HttpResponseRedirect(url("show", importing))
    error = ""
    if request.method == "POST":
        try:
            _take(importing, request.POST, request.user)
            import_check(importing=importing, actor=request.user)
        except KithError as refused:
            error = str(refused)
        else:
            return HttpResponseRedirect(url("show", importing))
    return render(
        request, "transfer/columns.html", _page(importing, error), status=422 if error else 200
    )


def _take(importing: Import, posted: QueryDict, actor: Any) -> None:
    import_map(importing=importing, mapping=posted_mapping(importing, posted))
    options = _options(posted)
    if options.updates:
        require(actor, type_of(importing), "edit")
    import_set_options(importing=importing, options=options)
    name = str(posted.get("profile_name", "")).strip()
    if name:
        shared = "profile_shared" in posted
        profile_save(actor=actor, importing=importing, name=name, shared=shared)


def _options(posted: QueryDict) -> ImportOptions:
    manager, chosen = posted.get("manager", ""), posted.get("duplicates", CREATE_SKIP)
    team = str(posted.get("team", ""))
    tags = [tag for part in str(posted.get("tags", "")).split(",") if (tag := plain(part))]
    return ImportOptions(
        mail="mail" in posted,
        duplicates=SHORT.get(chosen, chosen),
        match=tuple(dict.fromkeys(name for name in posted.getlist("match") if name)),
        default_country=posted.get("default_country", ""),
        date_order=posted.get("date_order", "ymd"),
        values={"manager": int(manager)} if _is_number(manager) else {},
        added={"tags": [{"new": tag} for tag in tags]} if tags else {},
        share=tuple(members_of(int(team))) if _is_number(team) and not manager else (),
    )


def _is_number(text: str) -> bool:
    """One that a database column holds."""
    return text.isdecimal() and len(text) < 10


@login_required
@require_POST
def import_sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take another sheet or heading row of the file."""
    importing = import_for(request.user, pk)
    sheet, row = request.POST.get("sheet", ""), request.POST.get("heading_row", "")
    if not _is_number(sheet) or (row and not _is_number(row)):
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
        .filter(pk=int(chosen) if _is_number(chosen) else 0)
        .first()
    )
    if profile is None:
        raise Refused(_("Choose a profile first."))
    import_take_profile(importing=importing, profile=profile)
    return HttpResponseRedirect(url("columns", importing))


def _page(importing: Import, error: str) -> dict[str, Any]:
    record_type = type_of(importing)
    return {
        "importing": importing,
        "error": error,
        "steps": steps(importing, COLUMNS),
        **mapping_form(importing),
        "same_file": _imported_before(importing),
        "profiles": profiles_of(importing.user or SYSTEM, importing.record_type),
        "sheets": _sheets(importing),
        "heading_rows": range(1, FIRST_ROWS + 1),
        **_choices(importing, record_type),
    }


def _rules(options: ImportOptions, record_type: RecordType) -> list[dict[str, Any]]:
    """As many places as there are rules; what stands in the first one is tried first."""
    names = [*options.match, *[""] * len(record_type.matchers)]
    choices = [(matcher.name, matcher.label) for matcher in record_type.matchers]
    return [
        {"chosen": name, "choices": choices, "first": not place}
        for place, name in enumerate(names[: len(choices)])
    ]


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


def _choices(importing: Import, record_type: RecordType) -> dict[str, Any]:
    options = ImportOptions.from_json(importing.options)
    orders = {"ymd": _("2026-04-03 (year first)"), "dmy": _("03.04.2026 (day first)"),
              "mdy": _("04/03/2026 (month first)")}  # fmt: skip
    return {
        "options": options,
        "duplicates": [
            (CREATE_ALL, _("Create all, duplicates too"), _("There will be two of each.")),
            (
                CREATE_SKIP,
                _("Create new ones, leave duplicates out"),
                _("Nothing that is stored changes."),
            ),
            (
                CREATE_FILL,
                _("Create new ones, fill in blanks of duplicates"),
                _("What is stored is kept."),
            ),
            (
                CREATE_OVERWRITE,
                _("Create new ones, overwrite duplicates"),
                _("What the sheet says counts; its blank cells change nothing."),
            ),
            (FILL, _("Only fill in blanks of duplicates"), _("Nothing new is made.")),
            (OVERWRITE, _("Only overwrite duplicates"), _("Nothing new is made.")),
        ],
        "rules": _rules(options, record_type),
        "countries": countries(),
        "date_orders": [(name, orders[name]) for name in DATE_ORDERS],
        "managers": Users().choices(),
        "manager": options.values.get("manager"),
        "teams": teams(),
        "team": team_of(options.share) if options.share else None,
        "tags": ", ".join(
            item["new"] for item in options.added.get("tags", []) if isinstance(item, dict)
        ),
    }
