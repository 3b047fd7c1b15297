"""Deactivating a user asks first to whom their contacts go."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kith.accounts import audit, services
from kith.accounts.access import require
from kith.accounts.models import SecurityEvent, Team, User
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.access import may_change_many, require_many
from kith.contacts.services.handover import (
    managed_by,
    managers_replace_later,
    managers_replace_now,
)
from kith.contacts.undo_address import undo_url
from kith.history.models import ChangeSet
from kith.jobs.size import wants_job
from kith.setup import queries
from kith.setup.refusing import told_why
from kith.web.toasts import toast

KEEP, NOBODY = "keep", "nobody"


class Leaving(forms.Form):
    to = forms.ChoiceField(required=False, widget=forms.Select({"data-choice": ""}))

    def __init__(self, *args: Any, leaver: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].label = _("Hand their contacts over to")
        self.fields["to"].choices = _choices(leaver)  # type: ignore[attr-defined]

    def chosen(self) -> tuple[str, int]:
        """("keep", 0), ("nobody", 0), ("user", id) or ("team", id)."""
        kind, _colon, pk = (self.cleaned_data["to"] or KEEP).partition(":")
        return kind, int(pk or 0)


def _choices(leaver: User) -> list[tuple[Any, Any]]:
    users = User.objects.filter(is_active=True).exclude(pk=leaver.pk).order_by("name")
    teams = Team.objects.filter(archived=False)
    return [
        (KEEP, _("Nobody: leave them as they are")),
        (NOBODY, _("Nobody: remove them as account manager")),
        (_("A team, in even shares"), [(f"team:{each.pk}", each.name) for each in teams]),
        (_("Another user"), [(f"user:{each.pk}", str(each)) for each in users]),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, user_id: int) -> HttpResponse:
    require(request.user, Permission.USER_MANAGE)
    user = queries.user_for(user_id)
    form = Leaving(request.POST if request.method == "POST" else None, leaver=user)
    if request.method == "POST" and form.is_valid():
        return _leave(request, user, *form.chosen())
    found = {
        "person": user,
        "form": form,
        "count": managed_by(request.user, user),
        "may_hand_over": may_change_many(request.user),
    }
    return render(request, "setup/leave.html", found, status=422 if form.errors else 200)


def _leave(request: SignedInRequest, user: User, kind: str, pk: int) -> HttpResponse:
    if kind != KEEP:
        require_many(request.user)
    said, changes = _("%(name)s can no longer sign in.") % {"name": user.name}, None
    with told_why(), transaction.atomic():
        services.user_deactivate(actor=request.user, user=user)
        if kind != KEEP:
            told, changes = _hand_over(request, user, kind, pk)
            said = f"{said} {told}"
    undo = undo_url(changes)
    toast(request, said, undo=undo)
    return redirect("setup:user", user.pk)


def _hand_over(
    request: SignedInRequest, user: User, kind: str, pk: int
) -> tuple[str, ChangeSet | None]:
    new = User.objects.get(pk=pk) if kind == "user" else None
    team = Team.objects.get(pk=pk) if kind == "team" else None
    count = managed_by(request.user, user)
    name = str(new or team or "")
    audit.write(
        SecurityEvent.Kind.CONTACTS_HANDED_OVER, user=user, actor=request.user, to=name, count=count
    )
    if wants_job(count):
        said = managers_replace_later(actor=request.user, old=user, new=new, team=team, count=count)
        return said, None
    return managers_replace_now(actor=request.user, old=user, new=new, team=team)
