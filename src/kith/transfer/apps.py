from importlib import import_module

from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "kith.transfer"
    label = "transfer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("kith.transfer.jobs")
