"""The saved views of the list of contacts."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.accounts.permissions import Permission
from kith.contacts.listing.names import canonical
from kith.contacts.listing.offered import standard
from kith.contacts.listing.state import State
from kith.contacts.pages.loading import LIST, PROSPECTS
from kith.contacts.undo_address import undo_url
from kith.views.lists import SavedList
from kith.views.opening import Opened
from kith.views.tabs import tabs_of
from kith.web.lists import Listing, Note

CONTACTS = SavedList(
    name="contact",
    url=LIST,
    permission=Permission.CONTACT_SEE,
    built_in=(
        ("all", gettext_lazy("All contacts"), ""),
        ("mine", gettext_lazy("My accounts"), "manager:me"),
        ("people", gettext_lazy("People"), "kind:person"),
        ("companies", gettext_lazy("Companies"), "kind:company"),
    ),
    usual=standard,
    canonical=canonical,
    undo=undo_url,
)

RAW = SavedList(
    name="prospect",
    url=PROSPECTS,
    permission=Permission.CONTACT_SEE,
    built_in=(
        ("all", gettext_lazy("All prospects"), ""),
        ("mine", gettext_lazy("My prospects"), "manager:me"),
    ),
    usual=standard,
    canonical=canonical,
    undo=undo_url,
)
"""The prospects: the same fields, kept apart."""


def with_tabs(user: Any, listing: Listing, opened: Opened, state: State) -> Listing:
    here = {"q": state.q, "sort": state.sort, "columns": ",".join(opened.columns)}
    listing.tabs = tabs_of(user, opened, here, listing.count)
    listing.views = listing.tabs.shown
    listing.density, listing.widths = opened.density, opened.widths
    if opened.missing:
        text = _("The view of this address is gone, or nobody shares it with you.")
        listing.notes = [Note(text), *listing.notes]
    return listing
