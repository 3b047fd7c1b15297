"""Reads and writes the values of a set of records, table by table, from their declarations.

The number of queries depends on how many tables the fields touch, never on how many records.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.db import models

from kith.core.fields import Below, Beside, BesideTable, Elsewhere, Field, Own, Value, Within
from kith.core.record_types import RecordType, Values
from kith.records.bulk import insert_rows, update_rows
from kith.records.packing import (
    Packed,
    insert_keys,
    key_table,
    pack,
    repack,
    replace_keys,
    unpack,
)

States = dict[int, Values]
"""Values by record id."""


@lru_cache
def model_of(label: str) -> type[models.Model]:
    return apps.get_model(label)


def load_states(
    record_type: RecordType,
    ids: Sequence[int],
    fields: Iterable[Field],
    *,
    viewer: Any = None,
    lock: bool = False,
) -> States:
    """What the records hold in these fields, plus their "version". Absent ids are left out.

    `viewer`: for whom values that other records hold are read; None sees what everybody may.
    With `lock`, the records' own rows stay ours until the transaction ends.
    """
    groups = by_table(fields)
    packed = _pop_packed(groups)
    states = _load_own(record_type, ids, groups.pop(None, []), packed, lock=lock)
    for table, members in groups.items():
        if isinstance(table, BesideTable):
            _load_beside(table, members, states)
        elif isinstance(table, Elsewhere):
            _load_elsewhere(table, members, states, viewer)
        else:
            _load_below(members, states)
    return states


def fields_beside(record_type: RecordType, names: Iterable[str]) -> list[Field]:
    """All fields of the record's own row, and of the other tables those that are named."""
    wanted = set(names)
    return [
        field
        for field in record_type.fields
        if isinstance(field.storage, Own) or (field.tracked and field.name in wanted)
    ]


def tables_of(record_type: RecordType) -> set[type[models.Model]]:
    """The models whose rows make up the records: their own, those beside and below."""
    tables = {record_type.model, *filter(None, [key_table(record_type)])}
    for table in by_table(record_type.fields):
        if isinstance(table, BesideTable):
            tables.add(model_of(table.model))
        elif isinstance(table, tuple):
            tables.add(model_of(table[0]))
    return tables


def by_table(fields: Iterable[Field]) -> dict[Any, list[Field]]:
    groups: dict[Any, list[Field]] = defaultdict(list)
    for field in fields:
        groups[_table_key(field)].append(field)
    return groups


def _pop_packed(groups: dict[Any, list[Field]]) -> dict[str, list[Field]]:
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


def _load_own(
    record_type: RecordType,
    ids: Sequence[int],
    fields: list[Field],
    packed: Mapping[str, list[Field]],
    *,
    lock: bool,
) -> States:
    rows = record_type.model._base_manager.filter(pk__in=ids)
    if lock:
        rows = rows.select_for_update().order_by("pk")
    columns = [column_of(field) for field in fields]
    states: States = {}
    for pk, version, *cells in rows.values_list("pk", "version", *columns, *packed):
        state: Values = {"version": version}
        for field, cell in zip(fields, cells, strict=False):
            state[field.name] = field.kind.from_db(cell)
        for members, cell in zip(packed.values(), cells[len(fields) :], strict=True):
            unpack(members, cell, state)
        states[pk] = state
    return states


def _load_beside(table: BesideTable, fields: list[Field], states: States) -> None:
    rows = model_of(table.model)._base_manager.filter(
        **{f"{table.parent}__in": list(states)}, **dict(table.fixed)
    )
    if table.optional:
        for state in states.values():
            state.update((field.name, field.empty) for field in fields)
    for parent, *cells in rows.values_list(table.parent, *[column_of(field) for field in fields]):
        for field, cell in zip(fields, cells, strict=True):
            states[parent][field.name] = field.kind.from_db(cell)


def _load_elsewhere(storage: Elsewhere, fields: list[Field], states: States, viewer: Any) -> None:
    held = storage.load(list(states), viewer)
    for field in fields:
        for pk, state in states.items():
            state[field.name] = held.get(pk, field.empty)


def _load_below(fields: list[Field], states: States) -> None:
    storage: Below = fields[0].storage  # type: ignore[assignment]
    names = {field.storage.kind: field.name for field in fields}  # type: ignore[union-attr]
    single = {field.name for field in fields if field.storage.single}  # type: ignore[union-attr]
    for state in states.values():
        state.update((name, None if name in single else []) for name in names.values())
    rows = model_of(storage.model)._base_manager.filter(**{f"{storage.parent}__in": list(states)})
    if any(names):
        rows = rows.filter(kind__in=list(names))
    order = "position" if storage.ordered else storage.columns[0]
    kind = ("kind",) if any(names) else ()
    for row in rows.order_by(storage.parent, order).values_list(
        storage.parent, *kind, *storage.columns
    ):
        name = names[row[1]] if kind else names[""]
        item = _item(storage, row[1 + len(kind) :])
        if name in single:
            states[row[0]][name] = item
        else:
            states[row[0]][name].append(item)


def _item(storage: Below, cells: Sequence[Any]) -> Value:
    if len(storage.columns) == 1:
        return cells[0]
    return dict(zip(storage.columns, cells, strict=True))


def insert_states(
    record_type: RecordType,
    states: Mapping[int, Values],
    *,
    extra: Mapping[str, Any],
) -> None:
    """Insert new records whole. `extra`: columns that no field declares (created_at …)."""
    groups = by_table(field for field in record_type.fields)
    packed = _pop_packed(groups)
    own = groups.pop(None, [])
    cells = {column: pack(members, states) for column, members in packed.items()}
    _insert_rows_of(record_type.model, "id", own, states, extra, packed=cells)
    for members in packed.values():
        insert_keys(members, states)
    for table, members in groups.items():
        if isinstance(table, BesideTable):
            held = _holding(members, states) if table.optional else states
            fixed = dict(table.fixed)
            _insert_rows_of(model_of(table.model), table.parent, members, held, fixed)
        elif not isinstance(table, Elsewhere):
            _insert_below(members, states)


def _holding(fields: list[Field], states: Mapping[int, Values]) -> States:
    """The states in which any of these fields is set."""
    names = [field.name for field in fields]
    return {
        pk: state
        for pk, state in states.items()
        if any(state.get(name) is not None for name in names)
    }


def _insert_rows_of(
    model: type[models.Model],
    key: str,
    fields: list[Field],
    states: Mapping[int, Values],
    fixed: Mapping[str, Any],
    *,
    packed: Mapping[str, Mapping[int, Any]] | None = None,
) -> None:
    """`packed`: further columns, and what each record has in them."""
    columns, makers = _columns(fields)
    packed = packed or {}
    tail = list(fixed.values())
    # Most fields of most records are empty: only what is held is worked out for each.
    blank = [make(None) for _, make in makers]
    slots: dict[str, list[tuple[int, Any]]] = defaultdict(list)
    for place, (name, make) in enumerate(makers, 1):
        slots[name].append((place, make))
    rows = []
    for pk, state in states.items():
        row = [pk, *blank, *[cells.get(pk) for cells in packed.values()], *tail]
        for name in slots.keys() & state.keys():
            value = state[name]
            if value is not None:
                for place, make in slots[name]:
                    row[place] = make(value)
        rows.append(row)
    insert_rows(model, [key, *columns, *packed, *fixed], rows)


def _columns(fields: Iterable[Field]) -> tuple[list[str], list[tuple[str, Any]]]:
    """The database columns that fields fill, and for each (field name, value → cell)."""
    columns: list[str] = []
    makers: list[tuple[str, Any]] = []
    for field in fields:
        columns.append(column_of(field))
        makers.append((field.name, field.kind.to_db))
        for column, derive in field.storage.also:  # type: ignore[union-attr]
            columns.append(column)
            makers.append((field.name, derive))
    return columns, makers


def _insert_below(fields: list[Field], states: Mapping[int, Values]) -> None:
    storage: Below = fields[0].storage  # type: ignore[assignment]
    kinds = any(field.storage.kind for field in fields)  # type: ignore[union-attr]
    rows = [
        row
        for pk, state in states.items()
        for field in fields
        if (items := _items(field, state))
        for row in _below_rows(field.storage, pk, items, kinds=kinds)  # type: ignore[arg-type]
    ]
    columns = [storage.parent, *storage.columns]
    columns += ["kind"] * kinds + ["position"] * storage.ordered
    insert_rows(model_of(storage.model), [*columns, *(name for name, _ in storage.also)], rows)


def _items(field: Field, state: Values) -> Sequence[Value]:
    value = state.get(field.name)
    if field.storage.single:  # type: ignore[union-attr]
        return [] if value is None else [value]
    return value or []


def _below_rows(
    storage: Below, pk: int, items: Iterable[Value], *, kinds: bool
) -> Iterable[tuple[Any, ...]]:
    single = len(storage.columns) == 1
    for position, item in enumerate(items):
        row = [pk, item] if single else [pk, *(item[name] for name in storage.columns)]
        row += [storage.kind] * kinds + [position] * storage.ordered
        yield (*row, *(derive(item) for _, derive in storage.also))


def update_states(
    record_type: RecordType, changed: Mapping[int, Values], *, extra: Mapping[str, Any]
) -> None:
    """Write the changed fields; every record named gets a new version."""
    by_fields: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, values in changed.items():
        by_fields[tuple(sorted(values))].append(pk)
    below: dict[Any, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for names, ids in by_fields.items():
        groups = by_table(record_type.field(name) for name in names)
        packed = _pop_packed(groups)
        _update_own(record_type, groups.pop(None, []), ids, changed, extra, packed=packed)
        for table, members in groups.items():
            if isinstance(table, BesideTable):
                _update_beside(record_type, table, members, ids, changed)
            elif not isinstance(table, Elsewhere):
                for pk in ids:
                    below[table][pk].update(field.name for field in members)
    for table, names_by_id in below.items():
        _replace_below(record_type, table, names_by_id, changed)


def _update_own(
    record_type: RecordType,
    fields: list[Field],
    ids: Sequence[int],
    changed: Mapping[int, Values],
    extra: Mapping[str, Any],
    *,
    packed: Mapping[str, list[Field]],
) -> None:
    columns, makers = _columns(fields)
    cells = [
        repack(record_type.model, column, members, ids, changed)
        for column, members in packed.items()
    ]
    tail = tuple(extra.values())
    rows = [
        (
            *(make(changed[pk].get(name)) for name, make in makers),
            *(column[pk] for column in cells),
            *tail,
            pk,
        )
        for pk in ids
    ]
    update_rows(record_type.model, [*columns, *packed, *extra], rows, count_up="version")
    for members in packed.values():
        replace_keys(members, ids, changed)


def _update_beside(
    record_type: RecordType,
    table: BesideTable,
    fields: list[Field],
    ids: Sequence[int],
    changed: Mapping[int, Values],
) -> None:
    if table.optional:
        ids = _insert_missing(record_type, table, ids, changed)
    columns, makers = _columns(fields)
    rows = [(*(make(changed[pk].get(name)) for name, make in makers), pk) for pk in ids]
    update_rows(model_of(table.model), columns, rows, key=table.parent, fixed=table.fixed)


def _insert_missing(
    record_type: RecordType,
    table: BesideTable,
    ids: Sequence[int],
    changed: Mapping[int, Values],
) -> Sequence[int]:
    """Make the rows that are not there yet, whole; returns the ids of those that were."""
    model, key = model_of(table.model), table.parent
    there = set(model._base_manager.filter(**{f"{key}__in": ids}).values_list(key, flat=True))
    members = [
        field
        for field in record_type.fields
        if isinstance(field.storage, Beside) and field.storage.table == table
    ]
    missing = _holding(members, {pk: changed[pk] for pk in ids if pk not in there})
    _insert_rows_of(model, key, members, missing, dict(table.fixed))
    return [pk for pk in ids if pk in there]


def _replace_below(
    record_type: RecordType,
    table: tuple[str, str],
    names_by_id: Mapping[int, set[str]],
    changed: Mapping[int, Values],
) -> None:
    """Take the old rows of the changed lists away and put the new ones in, in two statements."""
    model, parent = table
    by_names: dict[frozenset[str], list[int]] = defaultdict(list)
    for pk, names in names_by_id.items():
        by_names[frozenset(names)].append(pk)
    for together, ids in by_names.items():
        fields = [record_type.field(name) for name in sorted(together)]
        kinds = [field.storage.kind for field in fields]  # type: ignore[union-attr]
        where: dict[str, Any] = {f"{parent}__in": ids}
        if any(kinds):
            where["kind__in"] = kinds
        model_of(model)._base_manager.filter(**where)._raw_delete("default")
        _insert_below(fields, {pk: changed[pk] for pk in ids})
