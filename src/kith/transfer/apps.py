from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TransferConfig(AppConfig):
    name = "kith.transfer"
    label = "transfer"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.accounts.permissions import Permission
        from kith.files.pictures import use
        from kith.jobs.upkeep import daily
        from kith.transfer.photos import waiting_for
        from kith.transfer.services.exports import exports_prune
        from kith.web.shell import Place, registry

        import_module("kith.transfer.jobs")  # Its jobs are known by being imported.
        daily("exports", exports_prune)
        use(waiting_for)
        registry.add(
            Place(
                _("Imports"),
                "transfer:list",
                icon="file-import",
                key="i",
                permission=Permission.CONTACT_IMPORT,
            )
        )
