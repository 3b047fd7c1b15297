"""Where the values of a record stand: its declarations, grouped by table."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models

from kith.core.fields import Below, Beside, Field, Own, Within
from kith.records.packing import Packed


@lru_cache
def model_of(label: str) -> type[models.Model]:
    """By "app.Model". Raises LookupError."""
    return apps.get_model(label)


def by_table(fields: Iterable[Field]) -> dict[Any, list[Field]]:
    """The fields by what they lie in: None is the record's own row, Packed a JSON column of it."""
    groups: dict[Any, list[Field]] = defaultdict(list)
    for field in fields:
        groups[_table_key(field)].append(field)
    return groups


def pop_packed(groups: dict[Any, list[Field]]) -> dict[str, list[Field]]:
    """The fields of JSON columns, by column."""
    columns = [table for table in groups if isinstance(table, Packed)]
    return {table.column: groups.pop(table) for table in columns}


def _table_key(field: Field) -> Any:
    match field.storage:
        case Own():
            return None
        case Beside(table=table):
            return table
        case Below(model=model, parent=parent):
            return (model, parent)
        case Within(column=column):
            return Packed(column)
        case elsewhere:
            return elsewhere


def column_of(field: Field) -> str:
    """The database column that holds the field's value on its own or the row beside."""
    return getattr(field.storage, "column", "") or field.name


def columns_of(fields: Iterable[Field]) -> tuple[list[str], list[tuple[str, Any]]]:
    """The database columns that fields fill, and for each (field name, value → cell)."""
    columns: list[str] = []
    makers: list[tuple[str, Any]] = []
    for field in fields:
        assert isinstance(field.storage, Own | Beside)
        columns.append(column_of(field))
        makers.append((field.name, field.kind.to_db))
        for column, derive in field.storage.also:
            columns.append(column)
            makers.append((field.name, derive))
    return columns, makers
