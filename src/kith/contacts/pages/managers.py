"""Account manager configuration: who looks after the contacts of somebody else, or nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from kith.accounts.models import Team, User
from kith.accounts.requests import SignedInRequest
from kith.contacts.access import require_many
from kith.contacts.context import reading_context
from kith.contacts.models import LISTED, Contact
from kith.contacts.pages.bulk_preview import Preview, preview
from kith.contacts.queries import in_reach
from kith.contacts.record import CONTACT
from kith.contacts.services.bulk import Act, Do, contacts_change_later, contacts_change_now
from kith.contacts.services.handover import (
    managed_counts,
    managers_replace_later,
    managers_replace_now,
)
from kith.contacts.undo_address import undo_url
from kith.history.models import ChangeSet
from kith.jobs.size import wants_job
from kith.web.toasts import toast

REPLACE, REMOVE, REMOVE_ALL = "replace", "remove", "remove-all"
WHAT = (
    (REPLACE, gettext_lazy("Replace one account manager by another, or by a team")),
    (REMOVE, gettext_lazy("Remove one account manager from all their contacts")),
    (REMOVE_ALL, gettext_lazy("Remove all account managers from all contacts")),
)


@dataclass
class Wish:
    """What the form says; `error` in words when that is not enough."""

    what: str = REPLACE
    old: User | None = None
    to: str = ""
    new: User | None = None
    team: Team | None = None
    error: str = ""


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def managers(request: SignedInRequest) -> HttpResponse:
    """Asks, shows whom it concerns, then does it."""
    require_many(request.user)
    counts = managed_counts(request.user)
    if request.method != "POST":
        return _draw(request, Wish(), counts, asked=False)
    wish = _read(request)
    concerned = _concerned(wish, counts)
    if not (wish.error or concerned or _hidden_too(wish)):
        wish.error = _("There is nothing to change: nobody's account manager is set so.")
    if not wish.error and "go" in request.POST:
        _do(request, wish, concerned)
        return redirect("contacts:managers")
    return _draw(request, wish, counts, asked=not wish.error)


def _draw(
    request: SignedInRequest, wish: Wish, counts: dict[int, int], *, asked: bool
) -> HttpResponse:
    """`asked`: the wish is whole, and whom it concerns is shown."""
    concerned = _concerned(wish, counts)
    found = {
        "field": CONTACT.field("manager"),
        "preview": _preview(request.user, wish, concerned) if asked else None,
        "wish": wish,
        "whats": WHAT,
        "olds": _named(counts),
        "users": User.objects.filter(is_active=True).order_by("name"),
        "teams": Team.objects.filter(archived=False),
        "asked": asked,
        "concerned": concerned,
        "later": wants_job(concerned),
        "total": sum(counts.values()),
    }
    return render(request, "contacts/managers.html", found, status=422 if wish.error else 200)


def _named(counts: dict[int, int]) -> Sequence[tuple[User, int]]:
    """Who has contacts, and all who have left: what only they could see is not counted."""
    users = User.objects.filter(Q(pk__in=counts) | Q(is_active=False))
    return [(user, counts.get(user.pk, 0)) for user in users]


def _hidden_too(wish: Wish) -> bool:
    """Whether contacts may pass that nobody but who has left could see."""
    return bool(wish.old and wish.new and not wish.old.is_active)


def _rows(user: User, wish: Wish) -> QuerySet[Contact]:
    rows = in_reach(user).exclude(manager=None)
    return rows.filter(manager=wish.old) if wish.old else rows


def _preview(user: User, wish: Wish, concerned: int) -> Preview:
    context = reading_context(reader=user)
    return preview(
        user, _rows(user, wish).filter(LISTED), concerned, CONTACT.field("manager"), context
    )


def _concerned(wish: Wish, counts: dict[int, int]) -> int:
    if wish.what == REMOVE_ALL:
        return sum(counts.values())
    return counts.get(wish.old.pk, 0) if wish.old else 0


def _read(request: SignedInRequest) -> Wish:
    data = request.POST
    what = data.get("what", "")
    wish = Wish(what if what in dict(WHAT) else REPLACE, to=data.get("to", ""))
    if wish.what == REMOVE_ALL:
        return wish
    wish.old = _one(User.objects.all(), data.get("old", ""))
    kind, _colon, pk = wish.to.partition(":")
    if wish.what == REPLACE:
        wish.new = _one(User.objects.filter(is_active=True), pk) if kind == "user" else None
        wish.team = _one(Team.objects.filter(archived=False), pk) if kind == "team" else None
    wish.error = _missing(wish)
    return wish


def _one(rows: Any, pk: str) -> Any:
    return rows.filter(pk=int(pk)).first() if pk.isdecimal() and len(pk) < 19 else None


def _missing(wish: Wish) -> str:
    if wish.old is None:
        return _("Choose whose contacts they are.")
    if wish.what == REPLACE and wish.new is None and wish.team is None:
        return _("Choose who gets them.")
    if wish.what == REPLACE and wish.new == wish.old:
        return _("They have them already: choose somebody else.")
    return ""


def _do(request: SignedInRequest, wish: Wish, concerned: int) -> None:
    do = _removed_all if wish.old is None else _handed
    said, changes = do(request, wish, concerned)
    undo = undo_url(changes)
    toast(request, said, undo=undo)


def _handed(request: SignedInRequest, wish: Wish, concerned: int) -> tuple[str, ChangeSet | None]:
    assert wish.old is not None
    to: dict[str, Any] = {"old": wish.old, "new": wish.new, "team": wish.team}
    if wants_job(concerned):
        return managers_replace_later(actor=request.user, count=concerned, **to), None
    return managers_replace_now(actor=request.user, **to)


def _removed_all(
    request: SignedInRequest, wish: Wish, concerned: int
) -> tuple[str, ChangeSet | None]:
    rows = _rows(request.user, wish).order_by("pk")
    ids, act = list(rows.values_list("pk", flat=True)), Act(Do.CLEAR, "manager")
    if wants_job(concerned):
        return contacts_change_later(actor=request.user, ids=ids, act=act), None
    report = contacts_change_now(actor=request.user, ids=ids, act=act)
    return str(report), report.record
