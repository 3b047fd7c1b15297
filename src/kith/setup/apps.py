from django.apps import AppConfig


class SetupConfig(AppConfig):
    name = "kith.setup"
    label = "setup"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from kith.files import pictures
        from kith.jobs import queries as jobs
        from kith.jobs.upkeep import daily
        from kith.setup.brand import brand, logos_in_use
        from kith.setup.settings_pages import PAGES, SETTINGS, list_pages
        from kith.web.once import forget_posted
        from kith.web.settings_area import area
        from kith.web.shell import registry

        registry.current_jobs = jobs.current
        registry.brand = brand
        registry.add(SETTINGS)
        area.add(*PAGES, *list_pages())
        pictures.use(logos_in_use)
        daily("posted-forms", forget_posted)
