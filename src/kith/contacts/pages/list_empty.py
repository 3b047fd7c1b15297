"""What the list says when it is empty: what would be here, which word found nothing, what to do."""

import re
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.accounts.permissions import Permission
from kith.contacts.listing.counts import shown_total
from kith.contacts.listing.page import ListPage
from kith.contacts.listing.selection import Selection, without_filters
from kith.contacts.listing.state import State, state_of
from kith.contacts.models import ContactDocument
from kith.contacts.pages.list_filters import clear_url
from kith.contacts.queries import built_in_ids, is_more_than_built_in, visible_to
from kith.contacts.services.built_in import BUILT_IN
from kith.search.query import Query, similar_form
from kith.search.stream import is_there
from kith.search.syntax import Phrase, Similar, Word
from kith.web.lists import Empty, with_params

MOST_ASKED = 5
"""Of so many words each is looked for, to say which of them nobody has."""

LOWER_OR = re.compile(r"(?<=\S) +(?:or|Or) +(?=\S)")


def without_built_in(state: State, page: ListPage) -> ListPage:
    """Nothing, where the list would show but what every installation has, and nobody has put in
    anything else yet; who looks for its words finds it."""
    if state.query.wording.parts or not 0 < page.total <= len(BUILT_IN):
        return page
    ids = {row[0] for row in page.rows}
    if built_in_ids(ids) != ids or (state.query and is_more_than_built_in()):
        return page
    return ListPage([], 1, 0, "", "")


def empty(user: Any, state: State, url: str, params: QueryDict) -> Empty:
    if state.query.wording.parts:
        return _nothing_found(user, state, url, params)
    if state.query.is_too_much:
        text = _("It asks for more than can be searched for at once. Ask for less of it.")
        links = [(_("Show all contacts"), url)]
        return Empty(_("This search is too long"), text, icon="search", links=links)
    if state.filtered:
        links = [(_("Remove the filters"), with_params(url, params, q=None))]
        if len(state.query.conditions) == 1:
            links = [(_("Remove the filter"), with_params(url, params, q=None))]
            text = _("No contact has this. Remove the filter to see all.")
            return Empty(_("Nothing fits this filter"), text, icon="filter-off", links=links)
        text = _("No contact fits all of these filters. Remove one to see more.")
        return Empty(_("Nothing fits these filters"), text, icon="filter-off", links=links)
    return _nothing_yet(user)


def too_slow(url: str) -> Empty:
    links = [(_("Show all contacts"), url)]
    text = _("It was cut off so that nobody has to wait for it. Say more of what you look for.")
    return Empty(_("This search takes too long"), text, icon="search", links=links)


def too_many_to_sort(url: str) -> Empty:
    links = [(_("Sort by name"), url)]
    text = _(
        "Not every order is kept ready. Filter the list first, then it can be sorted by any column."
    )
    return Empty(_("There are too many to sort like this"), text, icon="search", links=links)


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
    query, links = state.query, _either_link(user, state, url, params)
    similar = similar_form(query)
    if similar and Selection(user, state_of(similar)).is_any():
        links.append((_("Search for similar spelling"), with_params(url, params, q=similar)))
    many = Selection(user, without_filters(state)).count() if state.filtered else 0
    if many:
        label = _("Search without the filters: %(many)s") % {"many": shown_total(many)}
        links.append((label, clear_url(state, url, params)))
    missing = _missing(user, query)
    rest = [word for word in query.words if word not in missing]
    if missing and rest:
        label = _("Search for “%(words)s” only") % {"words": " ".join(rest)}
        links.append((label, with_params(url, params, q=" ".join(rest))))
    if user.may(Permission.CONTACT_CREATE) and _is_name(query) and not state.filtered:
        new = f"{reverse('contacts:new')}?{urlencode({'name': state.q})}"
        if any(map(str.isalpha, state.q)) and not any(map(str.isdigit, state.q)):
            links.append((_("Add “%(name)s”") % {"name": state.q[:60]}, new))
    links.append((_("Show all contacts"), url))
    title = _("Nothing found for “%(words)s”") % {"words": state.q[:80]}
    return Empty(title, _why(state, missing, many), icon="search", links=links)


def _either_link(user: Any, state: State, url: str, params: QueryDict) -> list[tuple[str, str]]:
    """Who wrote “or” may have meant OR."""
    either = LOWER_OR.sub(" OR ", state.q)
    if either == state.q or not Selection(user, state_of(either)).is_any():
        return []
    return [
        (_("Search for “%(words)s”") % {"words": either[:60]}, with_params(url, params, q=either))
    ]


def _is_name(query: Query) -> bool:
    return query.is_plain and not query.complaints


def _why(state: State, missing: list[str], unfiltered: int) -> str:
    alone = state.query.is_plain and not state.filtered
    if alone and len(missing) == 1 and missing == list(state.query.words):
        return _("Check its spelling, or try a part of it.")
    if missing:
        words = ", ".join(f"“{word[:60]}”" for word in missing)
        return ngettext(
            "The part that found nothing is %(words)s. Check its spelling, or try a part of it.",
            "The parts that found nothing are %(words)s. Check the spelling, or try less of them.",
            len(missing),
        ) % {"words": words}
    if unfiltered:
        return _("There are contacts with these words, but none that fits all filters.")
    return _why_together(state.query)


def _why_together(query: Query) -> str:
    """Where no word is missing. Only of a few plain words is it known that each is found."""
    parts = query.wording.parts
    if all(isinstance(each, Similar) for each in parts):
        return ngettext(
            "Nothing is spelt about like this. Try another spelling, or a part of it.",
            "No contact has words that are spelt about like all of these. Try less of them.",
            len(parts),
        )
    if not all(isinstance(each, Word | Phrase) for each in parts):
        return _("No contact fits this search. Check its spelling, or try less of it.")
    if 1 < len(parts) <= MOST_ASKED:
        return _("Each of these words is found, but no contact has them all.")
    return _("No contact has all of this. Check its spelling, or try less of it.")


def _missing(user: Any, query: Query) -> list[str]:
    """The words that nobody has, of those the user may see."""
    seen = visible_to(user)
    asked = query.words[:MOST_ASKED]
    return [word for word in asked if not is_there(seen, ContactDocument, Word(word))]
