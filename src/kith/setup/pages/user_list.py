"""The list of users."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.models import User
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.setup import queries
from kith.web import marks
from kith.web.lists import Action, Column, Empty, Listing, Seek, View


def _name(user: User) -> str:
    drawn = marks.avatar(user.name, key=user.pk)
    return f'<a href="{_url(user)}" dir="auto">{drawn}<span>{escape(user)}</span></a>'


def _last(user: User) -> str:
    return marks.when(user.last_login) or escape(_("never"))


COLUMNS = (
    Column("name", gettext_lazy("Name"), _name, css="c-name"),
    Column("email", gettext_lazy("E-mail"), lambda u: escape(u.email), css="soft", narrow="sub"),
    Column("role", gettext_lazy("Role"), lambda u: escape(u.role.name), css="c-slim"),
    Column("code", gettext_lazy("Employee code"), lambda u: escape(u.employee_code), css="c-slim"),
    Column("last", gettext_lazy("Last sign-in"), _last, css="c-slim soft"),
)


@require_safe
def user_list(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.USER_MANAGE)
    template = "web/list/page.html" if request.htmx else "web/settings_list.html"
    return render(request, template, {"list": _listing(request)})


def _listing(request: SignedInRequest) -> Listing:
    text = request.GET.get("q", "")[:200]
    state = "inactive" if request.GET.get("state") == "inactive" else "active"
    rows = queries.users_listed(text=text, active=state == "active")
    listing = Listing(
        url=reverse("setup:users"),
        params=request.GET,
        columns=COLUMNS,
        rows=rows,
        label=_("Users"),
        row_url=_url,
        row_name=str,
        edit_url=_url,
        range=ngettext("%(n)s user", "%(n)s users", len(rows)) % {"n": len(rows)},
        adds=Action(_("Add a user"), reverse("setup:user-new"), icon="user-plus"),
        seek=Seek("q", text, _("Name, e-mail or code")),
        kept=[("state", state)] if state == "inactive" else (),
        selectable=False,
    )
    listing.views = _views(listing, state)
    listing.empty = _empty(listing, text)
    return listing


def _views(listing: Listing, state: str) -> list[View]:
    counts = queries.counts()
    return [
        View(_("Active"), listing.link(state=None), str(counts["active"]), here=state == "active"),
        View(
            _("Deactivated"),
            listing.link(state="inactive"),
            str(counts["inactive"]),
            here=state == "inactive",
        ),
    ]


def _empty(listing: Listing, text: str) -> Empty:
    if text:
        return Empty(
            _("Nobody is called “%(text)s”") % {"text": text},
            _("Names, e-mails and employee codes were looked through."),
            icon="search",
            links=[(_("Show all"), listing.link(q=None))],
        )
    return Empty(
        _("Nobody is deactivated"),
        _("Who leaves the firm is deactivated here: they can no longer sign in, and what they did "
          "stays under their name."),
        links=[(_("Active users"), listing.link(state=None))],
    )  # fmt: skip


def _url(user: User) -> str:
    return reverse("setup:user", args=[user.pk])
