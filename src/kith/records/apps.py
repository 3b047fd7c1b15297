from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "kith.records"
    label = "records"

    def ready(self) -> None:
        from kith.records import jobs  # noqa: F401
