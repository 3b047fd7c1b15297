from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "kith.files"
    label = "files"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.files.pruning import pictures_prune
        from kith.jobs.upkeep import daily

        daily("unused pictures", pictures_prune)
