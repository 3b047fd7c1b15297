"""'Columns': which the list shows, in what order. The form leads back to the list, whose address
then names them; it is loaded when somebody opens it."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.listing.offered import COMPOSED, NAME, chosen, fields, is_there, standard
from kith.contacts.pages.list_columns import DRAWN
from kith.contacts.pages.loading import LIST, PROSPECTS
from kith.contacts.record import CONTACT
from kith.web.lists import Offer, with_params
from kith.web.pages import layout

Groups = Sequence[tuple[str, Sequence[Offer]]]


@login_required
@require_safe
def columns(request: SignedInRequest, *, prospects: bool = False) -> HttpResponse:
    """The menu alone when the list asks for it, else a page of its own. Without scripts its
    buttons ask for the page again, with one column moved."""
    require(request.user, Permission.CONTACT_SEE)
    params, url = request.GET, PROSPECTS if prospects else LIST
    names, _gone = chosen(params.getlist("columns"))
    shown = list(names or standard())
    _move(shown, params.get("up", ""), -1)
    _move(shown, params.get("down", ""), 1)
    stays = ("q", "sort", "view", "count")
    found = {
        "layout": layout(request),
        "alone": request.htmx.target == "columns",
        "first": _offer(NAME),
        "shown": [_offer(name) for name in shown if name != NAME],
        "groups": _others(set(shown)),
        "kept": [(name, params[name]) for name in stays if name in params],
        "here": request.path,
        "url": url,
        "back": with_params(url, params, up=None, down=None),
        "usual": with_params(url, params, columns=None, up=None, down=None),
    }
    return render(request, "contacts/list/columns.html", found)


def _move(names: list[str], name: str, step: int) -> None:
    """One place on or back; the name stays the first."""
    if name in names[1:]:
        at = names.index(name)
        names.insert(min(max(at + step, 1), len(names) - 1), names.pop(at))


def _offer(name: str) -> Offer:
    return Offer(name, DRAWN[name].label if name in DRAWN else CONTACT.field(name).label)


def _others(shown: set[str]) -> Groups:
    """The rest by the sections of the card."""
    usual = [_offer(name) for name in COMPOSED if name not in shown and is_there(name)]
    groups = [("", usual)] if usual else []
    left = [field for field in fields() if field.name not in shown]
    for section, label in CONTACT.sections:
        if there := [Offer(each.name, each.label) for each in left if each.section == section]:
            groups.append((str(label), there))
    return groups
