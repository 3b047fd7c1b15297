from django.apps import AppConfig


class CustomFieldsConfig(AppConfig):
    name = "kith.customfields"
    label = "customfields"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.core.record_types import registry
        from kith.core.shapes import shapes
        from kith.customfields import jobs  # noqa: F401 (registers the job)
        from kith.customfields.record import FIELD, SECTION
        from kith.customfields.shaping import Definitions

        registry.add(FIELD)
        registry.add(SECTION)
        shapes.read_by(Definitions())
