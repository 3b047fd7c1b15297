from django.apps import AppConfig


class ContactsConfig(AppConfig):
    name = "kith.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.contacts.record import CONTACT, LINK
        from kith.core.record_types import registry

        registry.add(CONTACT)
        registry.add(LINK)
        self._register_card()
        self._register_places()

    def _register_card(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kith.contacts.card import SIDE, CardPanel, card_panels
        from kith.contacts.pages import history, links

        card_panels.add(
            CardPanel("timeline", _("Timeline"), order=0, render=history.timeline),
            CardPanel("history", _("History"), order=90, render=history.history),
            CardPanel("links", _("Links"), order=0, render=links.panels, place=SIDE),
        )

    def _register_places(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from kith.accounts.permissions import Permission
        from kith.web.shell import Place, registry

        registry.add(
            Place(
                _("New contact"),
                "contacts:quick",
                icon="user-plus",
                section="create",
                permission=Permission.CONTACT_CREATE,
                dialog=True,
            )
        )
