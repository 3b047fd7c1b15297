from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "kith.reference"
    label = "reference"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.core.habits import read_by
        from kith.core.record_types import registry
        from kith.reference import jobs  # noqa: F401 (registers the jobs)
        from kith.reference.company import look_again
        from kith.reference.record import CITY, COMPANY, OPTION, SERIES

        registry.add(OPTION)
        registry.add(CITY)
        registry.add(COMPANY)
        registry.add(SERIES)
        read_by(lambda: look_again().habits)
