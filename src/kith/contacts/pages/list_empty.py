"""What the list says when it is empty: what would be here, which word found nothing, what to do."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.accounts.permissions import Permission
from kith.contacts.listing.selection import MOST_COUNTED, Selection
from kith.contacts.listing.state import State
from kith.contacts.pages.list_filters import clear_url
from kith.search.query import Query
from kith.web.lists import Empty, with_params


def empty(user: Any, state: State, url: str, params: QueryDict) -> Empty:
    if state.query:
        return _nothing_found(user, state, url, params)
    if state.filtered:
        links = [(_("Remove the filters"), clear_url(url, params))]
        text = _("No contact fits all of these filters. Remove one to see more.")
        return Empty(_("Nothing fits these filters"), text, icon="filter-off", links=links)
    return _nothing_yet(user)


def _nothing_yet(user: Any) -> Empty:
    links = []
    if user.may(Permission.CONTACT_IMPORT):
        links.append((_("Import a spreadsheet"), "/imports/new/"))
    if user.may(Permission.CONTACT_CREATE):
        links.append((_("Add a contact"), reverse("contacts:new")))
    text = _("Everybody your firm deals with will be listed here: people and companies.")
    if user.may(Permission.SETTINGS_MANAGE):
        text += " " + _("To look around first, put in invented ones with “make demo”.")
    return Empty(_("No contacts yet"), text, links=links)


def _nothing_found(user: Any, state: State, url: str, params: QueryDict) -> Empty:
    links = []
    if state.filtered:
        unfiltered = State(q=state.q, query=state.query)
        many = Selection(user, unfiltered).count()
        if many:
            label = _("Search without the filters: %(many)s") % {"many": _shown(many)}
            links.append((label, clear_url(url, params)))
    missing = _missing(user, state.query)
    rest = [word for word in state.query.terms if word not in missing]
    if missing and rest:
        label = _("Search for “%(words)s” only") % {"words": " ".join(rest)}
        links.append((label, with_params(url, params, q=" ".join(rest))))
    if user.may(Permission.CONTACT_CREATE) and not any(c.isdigit() for c in state.q):
        new = f"{reverse('contacts:new')}?{urlencode({'name': state.q})}"
        links.append((_("Add “%(name)s”") % {"name": state.q[:60]}, new))
    links.append((_("Show all contacts"), url))
    title = _("Nothing found for “%(words)s”") % {"words": state.q[:80]}
    return Empty(title, _why(state, missing), icon="search", links=links)


def _why(state: State, missing: list[str]) -> str:
    if missing == list(state.query.terms) and len(missing) == 1:
        return _("Check its spelling, or try a part of it.")
    if missing:
        words = ", ".join(f"“{word[:60]}”" for word in missing)
        return ngettext(
            "The part that found nothing is %(words)s. Check its spelling, or try a part of it.",
            "The parts that found nothing are %(words)s. Check the spelling, or try less of them.",
            len(missing),
        ) % {"words": words}
    if state.filtered:
        return _("There are contacts with these words, but none that fits all filters.")
    return _("Each of these words is found, but no contact has them all.")


def _missing(user: Any, query: Query) -> list[str]:
    """The terms that nobody has, of those the user may see."""
    return [
        term
        for term in query.terms[:5]
        if not Selection(user, State(query=Query(term, (term,)))).all()[:1].exists()
    ]


def _shown(many: int) -> str:
    return f"{MOST_COUNTED:,}+" if many > MOST_COUNTED else f"{many:,}"
