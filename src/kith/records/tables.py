"""Reads and writes the values of a set of records, table by table, from their declarations.

The number of queries depends on how many tables the fields touch, never on how many records.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection, models

from kith.core.among import among
from kith.core.fields import Below, Beside, BesideTable, Elsewhere, Field, Own
from kith.core.record_types import RecordType, Values
from kith.records.bulk import update_rows
from kith.records.inserting import insert_below, insert_beside
from kith.records.layout import by_table, columns_of, model_of, pop_packed
from kith.records.packing import key_table, repack, replace_keys
from kith.records.reading import States, read_below, read_rows


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
    if lock:
        _lock(record_type, ids)
    groups = by_table(fields)
    packed, own = pop_packed(groups), groups.pop(None, [])
    beside = {table: groups.pop(table) for table in [*groups] if isinstance(table, BesideTable)}
    states = read_rows(record_type.model, ids, own, packed, beside)
    for table in [*groups]:
        if isinstance(table, Elsewhere):
            _load_elsewhere(table, groups.pop(table), states, viewer)
    read_below(groups.values(), states)
    return states


def _lock(record_type: RecordType, ids: Sequence[int]) -> None:
    """On its own: who waits for the rows reads what the other has written. SQLite has but one
    writer at a time."""
    if connection.features.has_select_for_update:
        rows = record_type.model._base_manager.filter(among("pk", ids)).select_for_update()
        list(rows.order_by("pk").values_list("pk"))


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
    tables = {record_type.model}
    if keys := key_table(record_type):
        tables.add(keys[0])
    for table in by_table(record_type.fields):
        if isinstance(table, BesideTable):
            tables.add(model_of(table.model))
        elif isinstance(table, tuple):
            tables.add(model_of(table[0]))
    return tables


def rows_beside(record_type: RecordType) -> dict[type[models.Model], dict[str, Any]]:
    """Of the tables whose rows are only in part the records' own: which rows these are."""
    tables = (table for table in by_table(record_type.fields) if isinstance(table, BesideTable))
    return {model_of(table.model): dict(table.fixed) for table in tables if table.fixed}


def _load_elsewhere(storage: Elsewhere, fields: list[Field], states: States, viewer: Any) -> None:
    held = storage.load(list(states), viewer) if storage.load else {}
    for field in fields:
        for pk, state in states.items():
            state[field.name] = held.get(pk, field.empty)


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
        packed = pop_packed(groups)
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
    columns, makers = columns_of(fields)
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
    columns, makers = columns_of(fields)
    rows = [(*(make(changed[pk].get(name)) for name, make in makers), pk) for pk in ids]
    update_rows(model_of(table.model), columns, rows, key=table.parent, fixed=table.fixed)
    if table.optional:
        emptied = [pk for pk in ids if not any(changed[pk].get(field.name) for field in fields)]
        _delete_empty(record_type, table, emptied)


def _delete_empty(record_type: RecordType, table: BesideTable, ids: Sequence[int]) -> None:
    """A row that holds nothing any more goes, so that an undo leaves none behind."""
    if not ids:
        return
    columns, makers = columns_of(_members(record_type, table))
    blank = {
        f"{column}__isnull" if cell is None else column: True if cell is None else cell
        for column, (_name, make) in zip(columns, makers, strict=True)
        for cell in [make(None)]
    }
    rows = model_of(table.model)._base_manager.filter(among(table.parent, ids), **blank)
    rows._raw_delete("default")


def _members(record_type: RecordType, table: BesideTable) -> list[Field]:
    return [
        field
        for field in record_type.fields
        if isinstance(field.storage, Beside) and field.storage.table == table
    ]


def _insert_missing(
    record_type: RecordType,
    table: BesideTable,
    ids: Sequence[int],
    changed: Mapping[int, Values],
) -> Sequence[int]:
    """Make the rows that are not there yet, whole; returns the ids of those that were."""
    model, key = model_of(table.model), table.parent
    there = set(model._base_manager.filter(among(key, ids)).values_list(key, flat=True))
    fresh = {pk: changed[pk] for pk in ids if pk not in there}
    insert_beside(table, _members(record_type, table), fresh)
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
        kinds = [each.storage.kind for each in fields if isinstance(each.storage, Below)]
        where = models.Q(kind__in=kinds) if any(kinds) else models.Q()
        rows = model_of(model)._base_manager.filter(among(parent, ids), where)
        rows._raw_delete("default")
        insert_below(fields, {pk: changed[pk] for pk in ids})
