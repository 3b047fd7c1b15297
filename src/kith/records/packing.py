"""Fields that share one JSON column of a record's row, and the keys by which they are found.

There they stand in wire form; what is empty is left out, and what the column holds besides (of
fields that are gone) stays.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson
from django.apps import apps
from django.db import models

from kith.core.among import among
from kith.core.fields import Field, KeyTable, Value, Within
from kith.core.record_types import RecordType, Values
from kith.core.storing import put_columns
from kith.records.bulk import steps

Keys: TypeAlias = Callable[[Value], Sequence[str]]
EMPTY: tuple[Any, ...] = (None, [], "")


def is_empty(value: Any) -> bool:
    """No and 0 are something."""
    return not value and value in EMPTY


@dataclass(frozen=True)
class Packed:
    """Stands for the column among the tables that fields lie in."""

    column: str


def unpack(fields: Sequence[Field], cell: Any, state: Values) -> None:
    """Put the values of a JSON cell, as it was read, into the state; what it lacks is empty."""
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
    together: dict[tuple[KeyTable, bool], list[tuple[str, Keys]]] = {}
    for field in fields:
        storage = field.storage
        if isinstance(storage, Within) and storage.index and storage.keys:
            keys = _remembering(storage.keys)
            together.setdefault((storage.index, storage.sole), []).append((field.name, keys))
    for (index, sole), members in together.items():
        parents, names, keyed = _keys_of(members, states)
        columns: dict[str, Sequence[Any]] = {index.parent: parents, "field": names, "key": keyed}
        fixed: dict[str, None] = {"sole": None}
        if sole:
            pairs = zip(names, keyed, strict=True)
            columns["sole"], fixed = [f"{name}:{key}" for name, key in pairs], {}
        put_columns(apps.get_model(index.model)._meta.db_table, columns, fixed)


def _remembering(keys: Keys) -> Keys:
    """Each key of a value once. The records of a set hold the same few values."""
    known: dict[Value, Sequence[str]] = {}

    def remember(value: Value) -> Sequence[str]:
        if isinstance(value, list | dict):
            return list(dict.fromkeys(keys(value)))
        found = known.get(value)
        if found is None:
            found = known[value] = list(dict.fromkeys(keys(value)))
        return found

    return remember


def _keys_of(
    members: Sequence[tuple[str, Keys]], states: Mapping[int, Values]
) -> tuple[list[int], list[str], list[str]]:
    """Of each key: the record, the field, the key."""
    parents, names, found = list[int](), list[str](), list[str]()
    for pk, state in states.items():
        for name, keys in members:
            value = state.get(name)
            if value or not is_empty(value):
                for key in keys(value):
                    parents.append(pk)
                    names.append(name)
                    found.append(key)
    return parents, names, found


def replace_keys(
    fields: Sequence[Field], ids: Sequence[int], changed: Mapping[int, Values]
) -> None:
    """Find the records by what these fields hold now, and no more by what they held before."""
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
