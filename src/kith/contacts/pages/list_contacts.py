"""The list of contacts. Its URL is its state: filters, search, order and place."""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.queries import Audiences, Users
from kith.accounts.requests import SignedInRequest
from kith.contacts.access import may_change_many
from kith.contacts.book import Contacts
from kith.contacts.context import reading_context
from kith.contacts.listing.counts import shown_total
from kith.contacts.listing.names import presented
from kith.contacts.listing.offered import extra_fields
from kith.contacts.listing.own import listing
from kith.contacts.listing.page import LAST, NOTHING, ListPage, list_page, quick_page
from kith.contacts.listing.rows import load_rows
from kith.contacts.listing.selection import NO_LIST, Selection
from kith.contacts.listing.sorting import indexed
from kith.contacts.listing.state import KEPT, State, filters_in, read_state
from kith.contacts.pages.list_columns import card_url, columns, edit_url
from kith.contacts.pages.list_empty import empty, too_many_to_sort, too_slow, without_built_in
from kith.contacts.pages.list_filters import chips, clear_url
from kith.contacts.pages.list_views import CONTACTS, with_tabs
from kith.contacts.record import CONTACT
from kith.core.fields import Field
from kith.core.habits import count_text
from kith.core.kinds.kind import Context
from kith.reference.company import company
from kith.reference.queries import Options
from kith.search.syntax import Named, within
from kith.views.opening import open_list
from kith.web.lists import Action, Empty, Listing, Note, with_params
from kith.web.toasts import toast, toast_now

OF_THE_LIST: dict[str, str | None] = {"view": None}
"""What an export has no use for: the address says all that the view does."""


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return redirect("contacts:list")


@login_required
@require_safe
def list_contacts(request: SignedInRequest) -> HttpResponse:
    """The whole page, or the list alone when htmx asks for it."""
    require(request.user, Permission.CONTACT_SEE)
    opened = open_list(request.user, CONTACTS, request.GET)
    # What the view says, all that follows reads in the address.
    request.GET = opened.params  # type: ignore[assignment]
    if filters_in(request.GET):
        return redirect(in_words(request))
    state = read_state(request.GET)
    selection = Selection(request.user, state)
    page = page_of(selection)
    listing = with_tabs(request.user, listing_of(request, selection, page), opened, state)
    return draw(request, listing, complaint(state))


def page_of(selection: Selection) -> ListPage | None:
    """None where what is asked for takes too long; the whole list by name never does."""
    state = selection.state
    asked = quick_page if state.query or not indexed(state.sort) else list_page
    return asked(selection, after=state.after, before=state.before)


def in_words(request: SignedInRequest) -> str:
    """The address that says the same in its query: what a filter's form or an old link names."""
    state = read_state(request.GET, reading_context(reader=request.user))
    gone = {name: None for name in request.GET if name not in KEPT}
    if state.ignored:
        toast(request, complaint(state), level="warning")
    return with_params(request.path, request.GET, **gone, q=state.q)


def row_context(user: Any, fields: Sequence[Field] = ()) -> Context:
    """The options, users and contacts that further fields may show in the list."""
    lists = (getattr(each.kind, "list_name", "") for each in (*listing(), *fields))
    users = Users()
    return Context(
        default_country=company().country,
        currency=company().currency,
        options=Options(*filter(None, lists), NO_LIST, viewer=user),
        users=users,
        records=Contacts(user),
        audiences=Audiences(users),
        reader=user.pk,
    )


def draw(request: SignedInRequest, listing: Listing, complaint: str = "") -> HttpResponse:
    alone = request.htmx.target == "list" and not request.htmx.history_restore_request
    if complaint and not alone:
        toast(request, complaint, level="warning")
    template = "contacts/list/part.html" if alone else "contacts/list/page.html"
    response = render(request, template, {"list": listing})
    patch_vary_headers(response, ["HX-Request"])
    return toast_now(response, complaint, level="warning") if complaint and alone else response


def complaint(state: State) -> str:
    names = ", ".join(dict.fromkeys(state.ignored))
    said = _("This part of the address could not be read and was left out: %(names)s.")
    return said % {"names": names} if names else ""


def listing_of(request: SignedInRequest, selection: Selection, found: ListPage | None) -> Listing:
    """`found` is None where the answer was cut off, because it took too long."""
    url, params, user, state = request.path, request.GET, request.user, selection.state
    page = without_built_in(state, found or NOTHING)
    further = extra_fields(state.columns)
    context = row_context(user, further)
    rows = load_rows(user, page.rows, context, further)
    listing = Listing(
        url=url,
        params=params,
        columns=columns(state, context),
        rows=rows,
        label=_("Contacts"),
        row_url=card_url,
        row_name=lambda row: row.name,
        peeks=True,
        edit_url=edit_url if user.may(Permission.CONTACT_EDIT) else None,
        sort=state.sort,
        typed=presented(state.query),
        notes=_notes(selection),
        empty=None if rows else empty(user, state, url, params) if found else slow(state, url),
        milliseconds=_milliseconds(request),
    )
    _tell_tools(listing, request)
    _tell_chips(listing, state)
    _tell_count(listing, selection, page)
    _tell_pages(listing, page)
    return listing


def _tell_tools(listing: Listing, request: SignedInRequest) -> None:
    """What can be done with the list, and with what is ticked in it."""
    url, params = listing.url, listing.params
    listing.filters_url = with_params(f"{url}filters/", params)
    listing.columns_url = with_params(f"{url}columns/", params)
    listing.actions = _actions(request)
    listing.buttons = _buttons(request)
    listing.selectable = bool(listing.actions)
    listing.all_matches = may_change_many(request.user)


def _tell_chips(listing: Listing, state: State) -> None:
    listing.chips = chips(state, listing.url, listing.params)
    if len(listing.chips) > 1:
        listing.clear_url = clear_url(state, listing.url, listing.params)


def _tell_count(listing: Listing, selection: Selection, page: ListPage) -> None:
    most = page.total if selection.state.exact else selection.most
    listing.count = shown_total(page.total, most)
    if page.total > most:
        listing.count_url = with_params(listing.url, listing.params, count="exact")
    shown = f"{count_text(page.first)}–{count_text(page.last)}" if page.first else ""
    listing.range = shown or str(len(page.rows))


def _tell_pages(listing: Listing, page: ListPage) -> None:
    url, params = listing.url, listing.params
    listing.next_url = _paged(url, params, after=page.after)
    listing.previous_url = _paged(url, params, before=page.before)
    listing.first_url = with_params(url, params) if page.before else ""
    listing.last_url = _paged(url, params, before=LAST) if page.after else ""


def _notes(selection: Selection) -> Sequence[Note]:
    typed = selection.state.query.typed
    said = [
        Note(
            each.message,
            before=typed[: each.start],
            marked=typed[each.start : each.end],
            after=typed[each.end :],
        )
        for each in selection.complaints
    ]
    return [*said, *_gone(selection.state)]


def _gone(state: State) -> Sequence[Note]:
    """Fields that an address or a view names, and that are hidden or no more."""
    known, notes = CONTACT.by_name, []
    if state.gone:
        names = [str(known[each].label) if each in known else each[:40] for each in state.gone[:9]]
        message = _("These columns are hidden or no longer there: %(names)s.")
        notes.append(Note(message % {"names": ", ".join(names)}))
    asked = (each.name for each in within(state.query.tree) if isinstance(each, Named))
    hidden = {str(known[each].label) for each in asked if each in known and known[each].hidden}
    if hidden:
        message = _("The list goes by fields that are hidden now: %(names)s.")
        notes.append(Note(message % {"names": ", ".join(sorted(hidden))}))
    return notes


def slow(state: State, url: str) -> Empty:
    if state.query or indexed(state.sort):
        return too_slow(url)
    return too_many_to_sort(url)


def _paged(url: str, params: Any, **cursor: str) -> str:
    return with_params(url, params, **cursor) if any(cursor.values()) else ""


def _actions(request: SignedInRequest) -> Sequence[Action]:
    may, actions = request.user.may, []
    many = with_params(reverse("contacts:bulk"), request.GET)
    if may_change_many(request.user):
        actions.append(Action(_("Change…"), many, icon="edit", key="b"))
    if may(Permission.CONTACT_DELETE) and may_change_many(request.user):
        url = with_params(reverse("contacts:bulk"), request.GET, act="trash")
        actions.append(Action(_("Delete"), url, icon="trash"))
    elif may(Permission.CONTACT_DELETE):
        back = urlencode({"next": request.get_full_path()})
        url = f"{reverse('contacts:trash-many')}?{back}"
        actions.append(Action(_("Delete"), url, icon="trash"))
    if may(Permission.CONTACT_EXPORT):
        url = with_params(reverse("contacts:export"), request.GET, **OF_THE_LIST)
        actions.append(Action(_("Export"), url, icon="download"))
        url = with_params(reverse("contacts:labels"), request.GET)
        actions.append(Action(_("Labels"), url, icon="printer", hidden_label=True))
    return actions


def _buttons(request: SignedInRequest) -> Sequence[Action]:
    buttons = []
    if request.user.may(Permission.CONTACT_IMPORT):
        buttons.append(Action(_("Import"), "/imports/new/", icon="upload"))
    if request.user.may(Permission.CONTACT_EXPORT):
        url = with_params(reverse("contacts:export"), request.GET, **OF_THE_LIST)
        buttons.append(Action(_("Export"), url, icon="download"))
        url = with_params(reverse("contacts:labels"), request.GET)
        buttons.append(Action(_("Labels"), url, icon="printer"))
    return buttons


def _milliseconds(request: Any) -> str:
    return f"{(perf_counter() - request.started) * 1000:.0f}"
