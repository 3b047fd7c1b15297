from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SetupConfig(AppConfig):
    name = "kith.setup"
    label = "setup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.accounts.permissions import Permission
        from kith.jobs import queries as jobs
        from kith.setup import queries
        from kith.web.settings_area import Group, Page, area
        from kith.web.shell import Place, registry

        registry.current_jobs = jobs.current
        registry.add(
            Place(
                _("Settings"),
                "setup:settings",
                icon="settings",
                key="s",
                section="foot",
                allowed=area.opens_for,
            )
        )
        area.add(
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
        )
