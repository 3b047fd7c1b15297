"""'Add filter': what the list can be narrowed down to, with how many there are of each. It is
loaded when somebody opens it, since it holds far more than the list itself needs."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.accounts.requests import SignedInRequest
from kith.contacts.context import audiences_of, options_of, reading_context, users_of
from kith.contacts.listing.facets import Facets
from kith.contacts.listing.groups import MINE, TEAM_OF_MANAGER
from kith.contacts.listing.names import CUSTOMER, TEAM, UNVERIFIED, UPDATED, VENDOR, written
from kith.contacts.listing.own import filtering
from kith.contacts.listing.periods import COMING, NAMED
from kith.contacts.listing.state import named_in, read_state
from kith.contacts.pages.list_filters import label_of
from kith.contacts.pages.loading import LIST, PROSPECTS
from kith.contacts.queries import prospects_visible_to, visible_to
from kith.contacts.record import CONTACT
from kith.core import kinds
from kith.core.fields import Field
from kith.core.habits import count_text
from kith.core.kinds.kind import Context
from kith.core.kinds.stored import Moment
from kith.web.lists import Filter, with_params
from kith.web.pages import layout

FIRST = (
    "kind", "contact_type", "manager", TEAM, "temperature", "tags", "categories", "created_at",
    UPDATED, "accessibility", "divisions", "company", "designation", "priority", "city", "state",
    "country", "industry", "birth_date", CUSTOMER, VENDOR, UNVERIFIED,
)  # fmt: skip
"""What is offered, in this order; behind it all fields of one's own."""
MOST_OPTIONS = 300


@login_required
@require_safe
def filters(request: SignedInRequest, *, prospects: bool = False) -> HttpResponse:
    """The menu alone when the list asks for it, else a page of its own."""
    require(request.user, Permission.CONTACT_SEE)
    state = read_state(request.GET)
    context = reading_context(reader=request.user)
    facets = Facets(request.user, state, prospects_visible_to if prospects else visible_to)
    found = {
        "layout": layout(request),
        "alone": request.htmx.target == "filters",
        "filters": [made for name in _names() if (made := _filter(request, facets, name, context))],
        "url": PROSPECTS if prospects else LIST,
        "back": with_params(PROSPECTS if prospects else LIST, request.GET),
    }
    return render(request, "contacts/list/filters.html", found)


def _names() -> Sequence[str]:
    known = CONTACT.by_name
    offered = [name for name in FIRST if name not in known or not known[name].hidden]
    return offered + [field.name for field in filtering()]


def _filter(request: SignedInRequest, facets: Facets, name: str, context: Context) -> Filter | None:
    state = facets.state
    field = CONTACT.by_name.get(name) or _no_field(name)
    here = named_in(state.query).get(name, [])
    chosen = [value.strip('"') for part in here for value in part.values]
    kept = [("q", state.query.without(*here))]
    kept += [(key, value) for key in ("sort", "view", "columns") if (value := request.GET.get(key))]
    options = _options(field, context)
    if options is None:
        return None
    counts = facets.counts(field, here) if options else {}
    return Filter(
        written(name),
        label_of(name),
        options=[(value, label) for value, label, _key in options],
        chosen=chosen,
        many=not isinstance(field.kind, Moment | kinds.Date),
        counts={value: count_text(counts[key]) for value, _label, key in options if key in counts},
        period=isinstance(field.kind, Moment | kinds.Date),
        kept=kept,
    )


def _no_field(name: str) -> Field:
    """What can be asked for without being held by the contact."""
    if name == TEAM:
        return TEAM_OF_MANAGER
    return Field(name, label_of(name), Moment() if name == UPDATED else kinds.YesNo())


Choices = list[tuple[str, Any, Any]]


def _options(field: Field, context: Context) -> Choices | None:
    """(value as written, label, key that facets count by); [] for free text, None for nothing."""
    for classes, make in _OFFERS:
        if isinstance(field.kind, classes):
            return make(field.kind, context)
    return None


def _listed(kind: Any, context: Context) -> Choices | None:
    entries = options_of(context).of(kind.list_name)[:MOST_OPTIONS]
    return [(entry.name, entry.name, entry.id) for entry in entries] or None


def _users(_kind: Any, context: Context) -> Choices:
    known = [(name, name, pk) for pk, name in users_of(context).choices()]
    return [("me", _("Me"), ""), ("none", _("Nobody"), None), *known]


def _groups(kind: Any, context: Context) -> Choices | None:
    """Nothing, where the firm has none."""
    known = [(name, name, "") for _t, name, sort in audiences_of(context).choices()
             if sort == kind.sort]  # fmt: skip
    mine = _("My teams") if kind.sort == "team" else _("My divisions")
    return [(MINE, mine, ""), *known] if known else None


def _reaches(_kind: Any, _context: Context) -> Choices:
    return [("public", _("All users"), ""), ("restricted", _("Some users only"), "")]


_OFFERS: Sequence[tuple[Any, Callable[[Any, Context], Choices | None]]] = (
    ((kinds.Choice, kinds.Choices), _listed),
    (kinds.User, _users),
    (kinds.Groups, _groups),
    (
        kinds.Enum,
        lambda kind, _context: [(value, label, value) for value, label, _ in kind.options],
    ),
    (kinds.Audience, _reaches),
    (kinds.Stars, lambda _kind, _context: [(str(n), "★" * n, n) for n in range(5, 0, -1)]),
    (kinds.YesNo, lambda _kind, _context: [("yes", _("Yes"), True), ("no", _("No"), False)]),
    (kinds.Date, lambda _kind, _context: [(name, label, "") for name, label in COMING.items()]),
    (Moment, lambda _kind, _context: [(name, label, "") for name, label in NAMED.items()]),
    (
        (kinds.Text, kinds.Country, kinds.State, kinds.Number, kinds.Money),
        lambda _kind, _context: [],
    ),
)
