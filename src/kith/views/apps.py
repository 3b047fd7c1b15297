from django.apps import AppConfig


class ViewsConfig(AppConfig):
    name = "kith.views"
    label = "views"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.core.record_types import registry
        from kith.views.record import VIEW

        registry.add(VIEW)
