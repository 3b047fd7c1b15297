"""One role: a matrix of what it allows."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_POST

from kith.accounts.access import require
from kith.accounts.models import Role
from kith.accounts.permissions import ACTIONS, MODULES, Permission, parts
from kith.accounts.requests import SignedInRequest
from kith.accounts.role_services import role_remove, role_save
from kith.accounts.roles import BuiltIn
from kith.core.errors import Refused
from kith.setup import queries
from kith.setup.forms import add_problems
from kith.setup.refusing import told_why
from kith.web.once import check_new, made_once
from kith.web.toasts import toast


class RoleForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)


@dataclass(frozen=True)
class Cell:
    """One action of a module; `permission` "" where there is no such thing."""

    label: Any
    permission: str = ""
    ticked: bool = False
    mine: bool = True


@dataclass(frozen=True)
class Row:
    label: Any
    cells: list[Cell]


def matrix(user: Any, allowed: Collection[str]) -> tuple[list[Any], list[Row]]:
    """The headings, and a row for each module. What the user may not do they can't give."""
    by_module: dict[str, dict[str, Permission]] = {}
    for permission in Permission:
        module, action = parts(permission)
        by_module.setdefault(module, {})[action] = permission
    actions = [each for each in ACTIONS if any(each in held for held in by_module.values())]
    rows = []
    for module in (each for each in MODULES if each in by_module):
        held = by_module[module]
        cells = [
            Cell(ACTIONS[action], held[action], held[action] in allowed, user.may(held[action]))
            if action in held
            else Cell(ACTIONS[action])
            for action in actions
        ]
        rows.append(Row(MODULES[module], cells))
    return [ACTIONS[each] for each in actions], rows


class RolePage(View):
    def get(self, request: SignedInRequest, key: str = "") -> HttpResponse:
        require(request.user, Permission.ROLE_MANAGE)
        role = queries.role_for(key) if key else None
        model = role or _model(request.GET.get("from", ""))
        name = role.name if role else ""
        form = RoleForm(initial={"name": name})
        return _draw(request, role, form, model.allowed if model else ())

    def post(self, request: SignedInRequest, key: str = "") -> HttpResponse:
        require(request.user, Permission.ROLE_MANAGE)
        role = queries.role_for(key) if key else None
        check_new(request)
        form, ticked = RoleForm(request.POST), request.POST.getlist("permission")
        if form.is_valid():
            try:
                with made_once(request) as made:
                    made.url = reverse("setup:roles")
                    saved = role_save(
                        actor=request.user, role=role, permissions=ticked, **form.cleaned_data
                    )
            except ValidationError as error:
                add_problems(form, error)
            else:
                _tell(request, saved)
                return redirect(made.url)
        return _draw(request, role, form, ticked, status=422)


def _tell(request: SignedInRequest, role: Role) -> None:
    """A role without sight of the contacts may be meant, so it is saved; rarely is it."""
    said, level = _("Saved %(name)s.") % {"name": role.name}, "success"
    if Permission.CONTACT_SEE not in role.allowed:
        said, level = f"{said} {_('Its people can see no contact.')}", "warning"
    toast(request, said, level=level)


def _model(key: str) -> Role | None:
    return Role.objects.filter(key=key).first() if key else None


def _draw(
    request: SignedInRequest,
    role: Role | None,
    form: RoleForm,
    allowed: Collection[str],
    *,
    status: int = 200,
) -> HttpResponse:
    headings, rows = matrix(request.user, allowed)
    found = {
        "role": role,
        "form": form,
        "headings": headings,
        "rows": rows,
        "fixed": bool(role and role.key == BuiltIn.ADMINISTRATOR),
        "changed": bool(role and role.is_built_in and role.permissions is not None),
    }
    return render(request, "setup/role.html", found, status=status)


@require_POST
def remove(request: SignedInRequest, key: str) -> HttpResponse:
    require(request.user, Permission.ROLE_MANAGE)
    role = queries.role_for(key)
    with told_why():
        role_remove(actor=request.user, role=role)
    toast(request, _("%(name)s was removed.") % {"name": role.name})
    return redirect("setup:roles")


@require_POST
def reset(request: SignedInRequest, key: str) -> HttpResponse:
    """A built-in role goes back to how it was shipped."""
    require(request.user, Permission.ROLE_MANAGE)
    role = queries.role_for(key)
    if not role.is_built_in:
        raise Refused(_("Only a built-in role can be put back."))
    with told_why():
        role_save(actor=request.user, role=role, name=role.name, permissions=None)
    toast(request, _("%(name)s is as it was shipped.") % {"name": role.name})
    return redirect("setup:role", key)
