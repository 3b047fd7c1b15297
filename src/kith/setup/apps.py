from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SetupConfig(AppConfig):
    name = "kith.setup"
    label = "setup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.accounts.permissions import Permission
        from kith.jobs import queries
        from kith.web.shell import Place, registry

        registry.current_jobs = queries.current
        registry.add(
            Place(
                _("Settings"),
                "setup:settings",
                icon="settings",
                key="s",
                section="foot",
                permission=Permission.SETTINGS_MANAGE,
            )
        )
