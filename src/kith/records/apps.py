from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "kith.records"
    label = "records"

    def ready(self) -> None:
        from kith.jobs.upkeep import daily
        from kith.records import jobs  # noqa: F401
        from kith.records.statistics import statistics_renew

        daily("statistics", statistics_renew)
