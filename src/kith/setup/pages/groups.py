"""One team, one division: its name and who belongs to it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from kith.accounts import groups
from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.setup import queries
from kith.setup.group_forms import DivisionForm, GroupForm, TeamForm
from kith.setup.refusing import told_why
from kith.web.once import check_new, made_once
from kith.web.toasts import toast


class GroupPage(View):
    kind = ""
    form: type[GroupForm]

    def get(self, request: SignedInRequest, group_id: int | None = None) -> HttpResponse:
        require(request.user, Permission.USER_MANAGE)
        group = queries.group_for(self.kind, group_id) if group_id else None
        initial = queries.group_values(group) if group else {}
        return self._draw(request, group, self.form(initial=initial, group=group))

    def post(self, request: SignedInRequest, group_id: int | None = None) -> HttpResponse:
        require(request.user, Permission.USER_MANAGE)
        group = queries.group_for(self.kind, group_id) if group_id else None
        check_new(request)
        form = self.form(request.POST, group=group)
        if form.is_valid():
            try:
                with made_once(request) as made:
                    saved = self._save(request, group, form.cleaned_data)
                    made.url = reverse(f"setup:{self.kind}s")
            except ValidationError as error:
                form.add_problems(error)
            else:
                toast(request, _("Saved %(name)s.") % {"name": saved.name})
                return redirect(made.url)
        return self._draw(request, group, form, status=422)

    def _save(self, request: SignedInRequest, group: Any, given: dict[str, Any]) -> groups.Group:
        raise NotImplementedError

    def _draw(
        self, request: SignedInRequest, group: Any, form: GroupForm, *, status: int = 200
    ) -> HttpResponse:
        found = {"form": form, "group": group, "kind": self.kind, **WORDS[self.kind]()}
        found |= {"list_url": f"setup:{self.kind}s", "remove_url": f"setup:{self.kind}-remove"}
        return render(request, "setup/group.html", found, status=status)


class TeamPage(GroupPage):
    kind, form = "team", TeamForm

    def _save(self, request: SignedInRequest, group: Any, given: dict[str, Any]) -> groups.Group:
        return groups.team_save(actor=request.user, team=group, **given)


class DivisionPage(GroupPage):
    kind, form = "division", DivisionForm

    def _save(self, request: SignedInRequest, group: Any, given: dict[str, Any]) -> groups.Group:
        return groups.division_save(actor=request.user, division=group, **given)


WORDS: dict[str, Any] = {
    "team": lambda: {"plural": _("Teams"), "adding": _("New team")},
    "division": lambda: {"plural": _("Divisions"), "adding": _("New division")},
}


def _remove(request: SignedInRequest, kind: str, group_id: int) -> HttpResponse:
    require(request.user, Permission.USER_MANAGE)
    group = queries.group_for(kind, group_id)
    with told_why():
        groups.group_remove(actor=request.user, group=group)
    toast(request, _("%(name)s was removed.") % {"name": group.name})
    return redirect(f"setup:{kind}s")


@require_POST
def remove_team(request: SignedInRequest, group_id: int) -> HttpResponse:
    return _remove(request, "team", group_id)


@require_POST
def remove_division(request: SignedInRequest, group_id: int) -> HttpResponse:
    return _remove(request, "division", group_id)
