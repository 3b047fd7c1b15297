"""The list of roles."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.models import Role
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.setup import queries
from kith.web.lists import Action, Column, Listing

Line = tuple[Role, int]


def _url(line: Line) -> str:
    return reverse("setup:role", args=[line[0].key])


def _name(line: Line) -> str:
    return format_html('<a href="{}" dir="auto">{}</a>', _url(line), line[0].name)


def _kind(line: Line) -> str:
    role = line[0]
    if not role.is_built_in:
        return escape(_("Your own"))
    return escape(_("Built in") if role.permissions is None else _("Built in, changed"))


def _copy(line: Line) -> str:
    url = f"{reverse('setup:role-new')}?from={line[0].key}"
    return format_html('<a href="{}">{}</a>', url, _("Copy"))


def _allowed(line: Line) -> str:
    return str(len(line[0].allowed) or _("Nothing"))


COLUMNS = (
    Column("name", gettext_lazy("Name"), _name, css="c-name"),
    Column("kind", gettext_lazy("Kind"), _kind, css="soft", narrow="sub"),
    Column("users", gettext_lazy("Active users"), lambda line: str(line[1]), css="c-slim"),
    Column(
        "allowed",
        gettext_lazy("Permissions"),
        _allowed,
        css="c-slim soft",
    ),
    Column("copy", gettext_lazy("New from this"), _copy, css="c-slim"),
)


@require_safe
def role_list(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.ROLE_MANAGE)
    rows = queries.roles_listed()
    listing = Listing(
        url=reverse("setup:roles"),
        params=request.GET,
        columns=COLUMNS,
        rows=rows,
        label=_("Roles"),
        row_url=_url,
        row_name=lambda line: line[0].name,
        edit_url=_url,
        range=ngettext("%(n)s role", "%(n)s roles", len(rows)) % {"n": len(rows)},
        adds=Action(_("New role"), reverse("setup:role-new"), icon="plus"),
        selectable=False,
    )
    template = "web/list/page.html" if request.htmx else "web/settings_list.html"
    return render(request, template, {"list": listing})
