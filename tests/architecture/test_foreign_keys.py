"""import-linter cannot see a key that names its model in a string."""

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField, Model, Q

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


def test_what_goes_with_many_is_found_by_an_index() -> None:
    """For each record that goes, the database asks every table that may point to it; without an
    index it reads all of that table each time. Options, roles and audiences go one at a time."""
    few = {"reference", "accounts"}
    sought = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("kith.")
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey)
        and field.related_model._meta.app_label not in few
        and not (field.db_index or field.unique or field.name in _led(model))
    ]
    assert not sought, f"No index begins with these: {sought}"


def _led(model: type[Model]) -> set[str]:
    """The fields that an index or a unique constraint over all that is filled begins with."""
    indexes = [
        each.fields[0]
        for each in (*model._meta.indexes, *model._meta.constraints)
        if getattr(each, "fields", ())
        and each.condition in (None, Q(**{f"{each.fields[0]}__isnull": False}))
    ]
    return {name.removeprefix("-") for name in indexes}
