from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "kith.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.contacts.record import CONTACT, LINK, SITE
        from kith.core.record_types import registry

        registry.add(CONTACT)
        registry.add(LINK)
        registry.add(SITE)
        self._register_card()
        self._register_places()
        self._register_settings()
        self._register_pictures()
        self._register_upkeep()

    def _register_card(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kith.contacts.card import SIDE, CardPanel, card_panels
        from kith.contacts.pages import history, links, sites

        card_panels.add(
            CardPanel("timeline", _("Timeline"), order=0, render=history.timeline),
            CardPanel("history", _("History"), order=90, render=history.history),
            CardPanel("sites", _("Sites"), order=20, render=sites.tab, count=sites.count),
            CardPanel("links", _("Links"), order=0, render=links.panels, place=SIDE),
            CardPanel("side-sites", _("Sites"), order=10, render=sites.panel, place=SIDE),
        )

    def _register_pictures(self) -> None:
        from kith.contacts.pictures import still_needed
        from kith.files import pictures

        pictures.use(still_needed)

    def _register_upkeep(self) -> None:
        from kith.contacts.jobs import words_forget
        from kith.jobs.upkeep import daily

        daily("words", words_forget)

    def _register_places(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kith.accounts.permissions import Permission
        from kith.contacts import jobs  # noqa: F401 (registers the jobs)
        from kith.web.shell import Place, registry

        see, create = Permission.CONTACT_SEE, Permission.CONTACT_CREATE
        registry.add(
            Place(_("Contacts"), "contacts:list", "users", key="c", permission=see, in_bar=True),
            Place(_("Prospects"), "contacts:prospects", "user-search", key="p", permission=see),
            Place(_("Trash"), "contacts:trash", "trash", section="foot", permission=see),
            Place(
                _("New contact"),
                "contacts:quick",
                "user-plus",
                section="create",
                permission=create,
                dialog=True,
            ),
            Place(
                _("New prospect"),
                "contacts:prospects-quick",
                "user-search",
                section="create",
                permission=create,
                dialog=True,
            ),
        )
        registry.search_url, registry.find_url = "/contacts/", "/palette/"

    def _register_settings(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kith.accounts.permissions import Permission
        from kith.web.settings_area import Group, Page, area

        area.add(
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
                text=_("Replace an account manager by another, or remove them from contacts."),
                words=_("account manager replace remove hand over assign"),
            ),
        )
