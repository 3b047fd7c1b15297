"""Fields that share one JSON column of a record's row, and the keys by which they are found.

There they stand in wire form; what is empty is left out, and what the column holds besides (of
fields that are gone) stays.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.apps import apps
from django.db import models

from kith.core.fields import Field, Within
from kith.core.record_types import RecordType, Values
from kith.records.among import among
from kith.records.bulk import insert_rows, steps

KEY_COLUMNS = ("field", "key", "sole")
EMPTY: tuple[Any, ...] = (None, [], "")


def is_empty(value: Any) -> bool:
    """No and 0 are something."""
    return not value and value in EMPTY


@dataclass(frozen=True)
class Packed:
    """Stands for the column among the tables that fields lie in."""

    column: str


def unpack(fields: Sequence[Field], cell: Any, state: Values) -> None:
    held = cell or {}
    for field in fields:
        value = held.get(field.name)
        state[field.name] = field.empty if value is None else value


def repack(
    model: type[models.Model],
    column: str,
    fields: Sequence[Field],
    ids: Sequence[int],
    changed: Mapping[int, Values],
) -> dict[int, str | None]:
    """The cell of each record as it is after the change. The rows are ours already."""
    cells: dict[int, str | None] = {}
    for portion in steps(ids):
        rows = model._base_manager.filter(among("pk", portion))
        for pk, cell in rows.values_list("pk", column):
            new = {field.name: changed[pk].get(field.name) for field in fields}
            held = {k: v for k, v in ((cell or {}) | new).items() if v not in EMPTY}
            cells[pk] = orjson.dumps(held).decode() if held else None
    return cells


def insert_keys(fields: Iterable[Field], states: Mapping[int, Values]) -> None:
    """The keys of values under which nothing stands yet; record by record, so that they come in
    the order of the table."""
    keyed = [
        (field.name, field.storage.keys, field.storage.sole, field.storage.index)
        for field in fields
        if isinstance(field.storage, Within) and field.storage.index and field.storage.keys
    ]
    for index in {index for _name, _keys, _sole, index in keyed}:
        mine = [(name, keys, sole) for name, keys, sole, where in keyed if where == index]
        rows = [
            (pk, name, key, f"{name}:{key}" if sole else None)
            for pk, state in states.items()
            for name, keys, sole in mine
            if not is_empty(value := state.get(name))
            for key in dict.fromkeys(keys(value))
        ]
        insert_rows(apps.get_model(index.model), [index.parent, *KEY_COLUMNS], rows)


def replace_keys(
    fields: Sequence[Field], ids: Sequence[int], changed: Mapping[int, Values]
) -> None:
    keyed = [(field, index) for field in fields if (index := getattr(field.storage, "index", None))]
    if not keyed:
        return
    found, indexes = zip(*keyed, strict=True)
    rows = apps.get_model(indexes[0].model)._base_manager.filter(
        among(indexes[0].parent, ids), field__in=[field.name for field in found]
    )
    rows._raw_delete("default")
    insert_keys(found, {pk: changed[pk] for pk in ids})


def key_table(record_type: RecordType) -> tuple[type[models.Model], str] | None:
    """The table that its fields' keys stand in, and the column there that names the record."""
    if record_type.custom is None or record_type.custom.index is None:
        return None
    index = record_type.custom.index
    return apps.get_model(index.model), index.parent


def delete_keys(record_type: RecordType, ids: Sequence[int]) -> None:
    """Those of fields that are gone, too."""
    if found := key_table(record_type):
        table, parent = found
        table._base_manager.filter(among(parent, ids))._raw_delete("default")
