"""import-linter cannot see a key that names its model in a string."""

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

from .source import floors


def _cross_slice() -> list[tuple[str, ForeignKey]]:
    return [
        (f"{model._meta.label}.{field.name}", field)
        for model in apps.get_models()
        if model.__module__.startswith("kith.")
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
        and field.related_model._meta.app_label != model._meta.app_label
    ]


def test_a_key_into_another_slice_points_down() -> None:
    floor = floors()
    upward = [
        name
        for name, field in _cross_slice()
        if floor.get(field.related_model._meta.app_label, -1) >= floor[field.model._meta.app_label]
    ]
    assert not upward, f"These point to an upper or a sibling slice: {upward}"


def test_a_key_into_another_slice_leaves_no_name_there() -> None:
    named = [name for name, field in _cross_slice() if field.remote_field.related_name != "+"]
    assert not named, f'These need related_name="+": {named}'
