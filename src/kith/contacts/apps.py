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
