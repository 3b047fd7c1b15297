"""Takes the rows of records away, and says which other records point to them."""

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.db import models

from kith.core.among import among
from kith.core.fields import BesideTable, Elsewhere
from kith.core.record_types import RecordType, registry
from kith.records.layout import by_table, model_of
from kith.records.packing import Packed, delete_keys


def delete_states(record_type: RecordType, ids: Sequence[int]) -> None:
    """Remove the records' rows, those below and beside first."""
    _let_go(record_type, ids)
    delete_keys(record_type, ids)
    for table in by_table(record_type.fields):
        if table is None or isinstance(table, Elsewhere | Packed):
            continue
        if isinstance(table, BesideTable):
            model, parent, fixed = table.model, table.parent, dict(table.fixed)
        else:
            (model, parent), fixed = table, {}
        rows = model_of(model)._base_manager.filter(among(parent, ids), **fixed)
        rows._raw_delete("default")
    own = record_type.model._base_manager.filter(among("pk", ids))
    own._raw_delete("default")


def _let_go(record_type: RecordType, ids: Sequence[int]) -> None:
    """Columns of others that may as well point to nothing, do so (who recommended a contact)."""
    for other in apps.get_models():
        for column in other._meta.get_fields():
            if (
                isinstance(column, models.ForeignKey)
                and column.related_model is record_type.model
                and column.remote_field.on_delete is models.SET_NULL
            ):
                rows = other._base_manager.filter(among(column.attname, ids))
                rows.update(**{column.attname: None})


def referring(
    record_type: RecordType, ids: Sequence[int]
) -> Iterable[tuple[RecordType, list[int]]]:
    """The records of other types that point to these, by type."""
    for other in registry:
        columns = [
            column.attname
            for column in other.model._meta.get_fields()
            if isinstance(column, models.ForeignKey) and column.related_model is record_type.model
        ]
        found: set[int] = set()
        for column in columns:
            rows = other.model._base_manager.filter(among(column, ids))
            found.update(rows.values_list("pk", flat=True))
        if found:
            yield other, sorted(found)
