"""New rows of a set of records, made column by column and inserted table by table.

An import spends most of its time here, so the work for each record depends on the values that
the set holds, not on the fields that there are: a column that none fills costs nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import orjson

from kith.core.fields import Below, BesideTable, Elsewhere, Field, Value
from kith.core.record_types import RecordType, Values
from kith.records.bulk import insert_rows
from kith.records.layout import by_table, columns_of, model_of, pop_packed
from kith.records.packing import insert_keys, is_empty

Row = tuple[Any, ...]
States = Mapping[int, Values]


def insert_states(record_type: RecordType, states: States, *, extra: Mapping[str, Any]) -> None:
    """Insert new records whole. `extra`: columns that no field declares (updated_at …)."""
    named = _named(states)
    groups = by_table(record_type.fields)
    packed = pop_packed(groups)
    more, fixed = {}, dict(extra)
    for column, members in packed.items():
        names = [each.name for each in members if each.name in named]
        if names:
            more[column] = _packed(names, states)
        else:
            fixed[column] = None
    own = groups.pop(None, [])
    _insert(record_type.model, "id", own, states, named=named, more=more, fixed=fixed)
    for table, members in groups.items():
        if isinstance(table, BesideTable):
            _insert_beside(table, members, states, named)
        elif not isinstance(table, Elsewhere):
            _insert_below(members, states, named)
    for members in packed.values():
        insert_keys(members, states)


def insert_beside(table: BesideTable, fields: list[Field], states: States) -> None:
    """The rows beside records that had none so far."""
    _insert_beside(table, fields, states, _named(states))


def insert_below(fields: list[Field], states: States) -> None:
    """The rows below records; all fields are of one table."""
    _insert_below(fields, states, _named(states))


def _named(states: States) -> set[str]:
    """The fields in which one of the records may hold something."""
    return set().union(*states.values())


def _insert(
    model: Any,
    key: str,
    fields: list[Field],
    states: States,
    *,
    named: set[str],
    more: Mapping[str, Iterable[Any]],
    fixed: Mapping[str, Any],
) -> None:
    """One row for each record. `more`: cells of columns besides those of the fields; `fixed`:
    columns that hold the same in all rows, as those do whose field no record names."""
    columns, same = [key], dict(fixed)
    cells: list[Iterable[Any]] = []
    for column, (name, make) in zip(*columns_of(fields), strict=True):
        if name in named:
            columns.append(column)
            cells.append([make(state.get(name)) for state in states.values()])
        else:
            same[column] = make(None)
    rows = list(zip(states, *cells, *more.values(), strict=True))
    insert_rows(model, [*columns, *more], rows, same)


def _insert_beside(
    table: BesideTable, fields: list[Field], states: States, named: set[str]
) -> None:
    """An optional row is only made for a record that needs it."""
    if table.optional:
        names = [each.name for each in fields if each.name in named]
        states = {
            pk: state
            for pk, state in states.items()
            if any(state.get(name) is not None for name in names)
        }
    model, fixed = model_of(table.model), dict(table.fixed)
    _insert(model, table.parent, fields, states, named=named, more={}, fixed=fixed)


def _packed(names: Sequence[str], states: States) -> Iterable[str | None]:
    """The JSON cells that hold these fields."""
    held = (
        {name: value for name in names if (value := state.get(name)) or not is_empty(value)}
        for state in states.values()
    )
    return [orjson.dumps(each).decode() if each else None for each in held]


def _insert_below(fields: list[Field], states: States, named: set[str]) -> None:
    """Any number of rows for each record, in the order of its lists."""
    lists = {field.name: field.storage for field in fields if isinstance(field.storage, Below)}
    # The lists that share a table are told apart by their kind.
    kinds = any(each.kind for each in lists.values())
    makers = [(name, _rows_of(each, kinds=kinds)) for name, each in lists.items() if name in named]
    rows: list[Row] = []
    for pk, state in states.items() if makers else ():
        for name, rows_of in makers:
            value = state.get(name)
            if value is not None:
                rows += rows_of(pk, value)
    storage = next(iter(lists.values()))
    columns = [storage.parent, *storage.columns, *["kind"] * kinds, *["position"] * storage.ordered]
    insert_rows(model_of(storage.model), [*columns, *[name for name, _ in storage.also]], rows)


def _rows_of(storage: Below, *, kinds: bool) -> Callable[[int, Value], list[Row]]:
    """What makes the rows of one list of a record."""
    kind = (storage.kind,) * kinds
    derived = [derive for _name, derive in storage.also]
    cells, ordered, single = _cells_of(storage.columns), storage.ordered, storage.single

    def rows_of(pk: int, value: Value) -> list[Row]:
        items: Iterable[Value] = (value,) if single else value
        return [
            (
                pk,
                *cells(item),
                *kind,
                *((position,) if ordered else ()),
                *[derive(item) for derive in derived],
            )
            for position, item in enumerate(items)
        ]

    return rows_of


def _cells_of(columns: tuple[str, ...]) -> Callable[[Value], Row]:
    """What one item of a list fills its columns with."""
    return itemgetter(*columns) if len(columns) > 1 else lambda item: (item,)
