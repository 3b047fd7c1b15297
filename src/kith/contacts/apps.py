from importlib import import_module

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "kith.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.contacts.record import CONTACT, LINK, SITE
        from kith.core.record_types import registry

        for record_type in (CONTACT, LINK, SITE):
            registry.add(record_type)
        import_module("kith.contacts.jobs")  # Its jobs are known by being imported.
        self._register_pages()
        self._register_upkeep()

    def _register_pages(self) -> None:
        from kith.contacts.card import card_panels
        from kith.contacts.pages.list_views import CONTACTS, RAW
        from kith.contacts.registered import CARD_PANELS, PLACES, SETTINGS_PAGES
        from kith.views import lists
        from kith.web.settings_area import area
        from kith.web.shell import registry

        card_panels.add(*CARD_PANELS)
        registry.add(*PLACES)
        registry.search_url, registry.find_url = "/contacts/", "/palette/"
        area.add(*SETTINGS_PAGES)
        lists.add(CONTACTS, RAW)

    def _register_upkeep(self) -> None:
        from kith.contacts.jobs import search_tidy
        from kith.contacts.pictures import still_needed
        from kith.contacts.services.ended_links import ended_links_demote
        from kith.contacts.services.erasing import trash_expire
        from kith.files import pictures
        from kith.jobs.upkeep import daily

        pictures.use(still_needed)
        daily("words", search_tidy)
        daily("ended links", ended_links_demote)
        daily("trash", trash_expire)
