"""What the slice shows in frames that it does not draw: the card, the navigation, the settings."""

from django.utils.translation import gettext_lazy as _

from kith.accounts.permissions import Permission
from kith.contacts.access import may_change_many
from kith.contacts.card import SIDE, CardPanel
from kith.contacts.pages import history, links, sites
from kith.web.settings_area import Group, Page
from kith.web.shell import Place

CARD_PANELS = (
    CardPanel("timeline", _("Timeline"), order=0, render=history.timeline),
    CardPanel("history", _("History"), order=90, render=history.history),
    CardPanel("sites", _("Sites"), order=20, render=sites.tab, count=sites.count),
    CardPanel("links", _("Links"), order=0, render=links.panels, place=SIDE),
    CardPanel("side-sites", _("Sites"), order=10, render=sites.panel, place=SIDE),
)

_see, _create = Permission.CONTACT_SEE, Permission.CONTACT_CREATE
PLACES = (
    Place(_("Contacts"), "contacts:list", "users", key="c", permission=_see, in_bar=True),
    Place(_("Prospects"), "contacts:prospects", "user-search", key="p", permission=_see),
    Place(_("Trash"), "contacts:trash", "trash", section="foot", permission=_see),
    Place(
        _("New contact"),
        "contacts:quick",
        "user-plus",
        section="create",
        permission=_create,
        dialog=True,
    ),
    Place(
        _("New prospect"),
        "contacts:prospects-quick",
        "user-search",
        section="create",
        permission=_create,
        dialog=True,
    ),
)

SETTINGS_PAGES = (
    Page(
        _("Cities"),
        "contacts:cities",
        icon="map-pin",
        group=Group.CONTACTS,
        order=70,
        permission=Permission.REFERENCE_MANAGE,
        text=_("Put spellings right, merge those that mean one city."),
        words=_("city town place address merge rename"),
    ),
    Page(
        _("Account managers"),
        "contacts:managers",
        icon="user-check",
        group=Group.CONTACTS,
        order=80,
        permission=Permission.CONTACT_BULK,
        allowed=may_change_many,
        text=_("Replace an account manager by another, or remove them from contacts."),
        words=_("account manager replace remove hand over assign"),
    ),
)
