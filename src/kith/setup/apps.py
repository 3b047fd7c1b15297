from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "kith.setup"
    label = "setup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.jobs import queries
        from kith.web.shell import registry

        registry.current_jobs = queries.current
