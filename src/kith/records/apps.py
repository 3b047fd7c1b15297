from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "kith.records"
    label = "records"
