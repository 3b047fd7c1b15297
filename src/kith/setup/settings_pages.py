"""The pages of the settings that belong to no other slice."""

from django.utils.translation import gettext_lazy as _

from kith.accounts.permissions import Permission
from kith.reference.lists import list_info
from kith.reference.models import List
from kith.setup import queries
from kith.web.settings_area import Group, Page, area
from kith.web.shell import Place

SETTINGS = Place(
    _("Settings"), "setup:settings", icon="settings", key="s", section="foot",
    allowed=area.opens_for,
)  # fmt: skip

PAGES = (
    Page(
        _("Company"),
        "setup:company",
        icon="building",
        group=Group.FIRM,
        order=10,
        permission=Permission.SETTINGS_MANAGE,
        text=_("Name, logo, country, currency, time zone, how dates and numbers look."),
        words=_("firm brand phone format week"),
    ),
    Page(
        _("Users"),
        "setup:users",
        icon="users",
        group=Group.PEOPLE,
        order=10,
        permission=Permission.USER_MANAGE,
        text=_("Add people, change roles, set passwords."),
        words=_("employee sign in password deactivate invite"),
        fact=queries.users_said,
    ),
    Page(
        _("Teams"),
        "setup:teams",
        icon="users-group",
        group=Group.PEOPLE,
        order=20,
        permission=Permission.USER_MANAGE,
        text=_("Who works together, and who supervises them."),
        words=_("group supervisor members"),
    ),
    Page(
        _("Divisions"),
        "setup:divisions",
        icon="sitemap",
        group=Group.PEOPLE,
        order=30,
        permission=Permission.USER_MANAGE,
        text=_("The business divisions of the firm, and who belongs to them."),
        words=_("business unit department members"),
    ),
    Page(
        _("Who sees what"),
        "setup:why",
        icon="eye",
        group=Group.PEOPLE,
        order=50,
        permission=Permission.USER_MANAGE,
        text=_("Why somebody sees a contact, or does not, explained step by step."),
        words=_("accessibility visible hidden restricted explain"),
    ),
    Page(
        _("Security log"),
        "setup:security",
        icon="shield-lock",
        group=Group.PEOPLE,
        order=60,
        permission=Permission.SECURITY_SEE,
        text=_("Who signed in or failed to, and who changed users, teams and roles."),
        words=_("audit sign-in failed password events"),
    ),
    Page(
        _("Roles"),
        "setup:roles",
        icon="lock",
        group=Group.PEOPLE,
        order=40,
        permission=Permission.ROLE_MANAGE,
        text=_("What each role may do."),
        words=_("permissions rights matrix agent manager administrator"),
    ),
    Page(
        _("Fields"),
        "setup:fields",
        icon="forms",
        order=20,
        permission=Permission.SETTINGS_MANAGE,
        text=_("Add fields, order, hide and require them, section by section."),
        words=_("custom field form card column help default unique mandatory"),
    ),
    Page(
        _("Lists"),
        "setup:lists",
        icon="list-details",
        order=10,
        permission=Permission.REFERENCE_MANAGE,
        text=_("What the dropdowns offer: designations, categories, tags and more."),
        words=_("reference options merge rename archive"),
    ),
)


def list_pages() -> list[Page]:
    """One for each reference list: found by the search of the settings, not in the navigation."""
    return [
        Page(
            info.label,
            "setup:list",
            icon="list",
            order=11,
            permission=Permission.REFERENCE_MANAGE,
            text=info.text,
            args=(info.name,),
            listed=False,
        )
        for info in map(list_info, List.values)
    ]
