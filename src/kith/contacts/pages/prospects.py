"""The list of prospects, and their conversion into contacts."""

from collections.abc import Sequence
from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.access import contact_for
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import State, filters_in, read_state
from kith.contacts.pages.list_contacts import complaint, draw, in_words, listing_of, page_of
from kith.contacts.pages.list_views import RAW, with_tabs
from kith.contacts.pages.loading import PROSPECTS
from kith.contacts.pages.ticked import ticked_ids
from kith.contacts.queries import prospects_visible_to
from kith.contacts.services.prospects import prospects_convert
from kith.contacts.undo_address import undo_url
from kith.core.errors import NotFound
from kith.core.habits import count_text
from kith.views.opening import open_list
from kith.web.lists import Action, Empty, with_params
from kith.web.pages import go, layout, next_url
from kith.web.toasts import toast


@login_required
@require_safe
def list_prospects(request: SignedInRequest) -> HttpResponse:
    """As the list of contacts, over those that are kept apart from them."""
    require(request.user, Permission.CONTACT_SEE)
    opened = open_list(request.user, RAW, request.GET)
    request.GET = opened.params  # type: ignore[assignment]
    if filters_in(request.GET):
        return redirect(in_words(request))
    state = read_state(request.GET)
    selection = Selection(request.user, state, prospects_visible_to)
    page = page_of(selection)
    listing = replace(
        listing_of(request, selection, page),
        label=_("Prospects"),
        all_matches=False,
        selectable=bool(_actions(request)),
        actions=_actions(request),
        buttons=_buttons(request),
    )
    if page and not page.rows:
        listing.empty = _empty(request, state)
    return draw(request, with_tabs(request.user, listing, opened, state), complaint(state))


def _actions(request: SignedInRequest) -> Sequence[Action]:
    may, back = request.user.may, urlencode({"next": request.get_full_path()})
    actions = []
    if may(Permission.CONTACT_EDIT):
        url = f"{reverse('contacts:prospects-convert')}?{back}"
        actions.append(Action(_("Convert to contacts"), url, icon="user-check"))
    if may(Permission.CONTACT_DELETE):
        url = f"{reverse('contacts:trash-many')}?{back}"
        actions.append(Action(_("Delete"), url, icon="trash"))
    if may(Permission.CONTACT_EXPORT):
        actions.append(Action(_("Export"), reverse("contacts:prospects-export"), icon="download"))
        url = with_params(reverse("contacts:prospects-labels"), request.GET)
        actions.append(Action(_("Labels"), url, icon="printer", hidden_label=True))
    return actions


def _buttons(request: SignedInRequest) -> Sequence[Action]:
    buttons = []
    if request.user.may(Permission.CONTACT_CREATE):
        url = reverse("contacts:prospects-quick")
        new = Action(_("New prospect"), url, icon="user-plus", key="c", dialog=True)
        buttons.append(new)
    if request.user.may(Permission.CONTACT_EXPORT):
        url = with_params(reverse("contacts:prospects-export"), request.GET)
        buttons.append(Action(_("Export"), url, icon="download"))
    return buttons


def _empty(request: SignedInRequest, state: State) -> Empty:
    if state.query or state.filtered:
        links = [(_("Show all prospects"), request.path)]
        if state.query:
            found = f"{reverse('contacts:list')}?{urlencode({'q': state.q})}"
            links.append((_("Look among the contacts"), found))
        return Empty(_("No prospect fits"), _("Try less of it."), icon="search", links=links)
    text = _(
        "People and companies that you have not dealt with yet: names from a fair, a list, a "
        "visiting card. They stay apart from the contacts until you convert them."
    )
    links = []
    if request.user.may(Permission.CONTACT_CREATE):
        links.append((_("Add a prospect"), reverse("contacts:prospects-quick")))
    return Empty(_("No prospects yet"), text, icon="user-search", links=links)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def convert(request: SignedInRequest, pk: int) -> HttpResponse:
    """One prospect, from its card."""
    prospect = contact_for(request.user, pk, "edit")
    if not prospect.is_prospect:
        raise NotFound
    if request.method != "POST":
        found = {"layout": layout(request), "contact": prospect}
        return render(request, "contacts/form/convert.html", found)
    _convert(request, [pk])
    url = reverse("contacts:card", args=[pk])
    return go(request, url)


@login_required
@require_POST
def convert_many(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.CONTACT_EDIT)
    _convert(request, ticked_ids(request))
    return HttpResponseRedirect(next_url(request, PROSPECTS))


def _convert(request: SignedInRequest, ids: Sequence[int]) -> None:
    found, changes = prospects_convert(actor=request.user, ids=ids)
    if not changes:
        toast(request, _("Nothing was ticked."), level="warning")
        return
    said = ngettext(
        "%(count)s prospect is a contact now.", "%(count)s prospects are contacts now.", len(found)
    )
    toast(request, said % {"count": count_text(len(found))}, undo=undo_url(changes))
