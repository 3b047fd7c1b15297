"""Reads what a set of records holds in two questions: what stands in one row of each of their
tables, and what stands in rows below them. To ask costs more than to answer.

The text of a question is made once for the columns that it names.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection, models

from kith.core.among import among_sql, one_value
from kith.core.fields import Below, BesideTable, Field
from kith.core.prepared import known_cursor
from kith.core.record_types import Values
from kith.records.layout import column_of, model_of
from kith.records.packing import unpack

States = dict[int, Values]
"""Values by record id."""
Convert = Callable[[Any], Any]
Take = Callable[[list[Any], Values], None]
"""Puts some cells of a row into a state."""
Columns = tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A row that stands beside a record, and which of its columns are read."""

    table: BesideTable
    columns: Columns


@dataclass(frozen=True)
class Rows:
    """Rows below a record: all that are there, or those of some kinds."""

    model: str
    parent: str
    columns: Columns
    kinds: tuple[str, ...]


def read_rows(
    model: type[models.Model],
    ids: Sequence[int],
    own: Sequence[Field],
    packed: Mapping[str, list[Field]],
    beside: Mapping[BesideTable, list[Field]],
) -> States:
    """The values of the records' own rows and of those beside them, with their "version"."""
    columns = ("id", "version", *map(column_of, own), *packed)
    parts = tuple(Part(table, tuple(map(column_of, fields))) for table, fields in beside.items())
    sql, converters = _rows_question(model, columns, parts)
    takers = [_taker(own, packed, 2)]
    at = len(columns)
    for table, fields in beside.items():
        takers.append(_taker_beside(table, fields, at))
        at += 1 + len(fields)
    states: States = {}
    for row in _ask(sql, ids):
        cells = list(row)
        for place, convert in converters:
            cells[place] = convert(cells[place])
        state: Values = {"version": cells[1]}
        for take in takers:
            take(cells, state)
        states[cells[0]] = state
    return states


def _taker(own: Sequence[Field], packed: Mapping[str, list[Field]], begin: int) -> Take:
    readers = [(field.name, field.kind.from_db) for field in own]
    end = begin + len(readers)

    def take(cells: list[Any], state: Values) -> None:
        for (name, read), cell in zip(readers, cells[begin:end], strict=True):
            state[name] = read(cell)
        for members, cell in zip(packed.values(), cells[end:], strict=False):
            unpack(members, cell, state)

    return take


def _taker_beside(table: BesideTable, fields: list[Field], begin: int) -> Take:
    """Where there is no row, an optional one is empty."""
    blank = {field.name: field.empty for field in fields} if table.optional else {}
    take = _taker(fields, {}, begin + 1)

    def take_or_leave(cells: list[Any], state: Values) -> None:
        if cells[begin] is None:
            state.update(blank)
        else:
            take(cells, state)

    return take_or_leave


@lru_cache(maxsize=256)
def _rows_question(
    model: type[models.Model], columns: Columns, parts: tuple[Part, ...]
) -> tuple[str, Sequence[tuple[int, Convert]]]:
    shown = [(model, "own", name) for name in columns]
    joins = []
    for at, part in enumerate(parts):
        alias, table = f"beside{at}", model_of(part.table.model)
        shown += [(table, alias, name) for name in (part.table.parent, *part.columns)]
        joins.append(_join(part.table, table, alias))
    select = ", ".join(_column(*each) for each in shown)
    sql = (
        f"SELECT {select} FROM {_name(model._meta.db_table)} own {' '.join(joins)} "  # noqa: S608 (names of the models)
        f"WHERE {among_sql(_column(model, 'own', 'id'), connection.vendor)}"
    )
    steps = ((place, _converter(*each)) for place, each in enumerate(shown))
    return sql, [(place, convert) for place, convert in steps if convert]


def _join(beside: BesideTable, table: type[models.Model], alias: str) -> str:
    """Only the truth of a column is ever fixed; said so, a partial index serves."""
    fixed = "".join(
        f" AND {'' if value else 'NOT '}{_column(table, alias, name)}"
        for name, value in beside.fixed
    )
    there = f"{_column(table, alias, beside.parent)} = own.id{fixed}"
    return f"LEFT JOIN {_name(table._meta.db_table)} {alias} ON {there}"


def _converter(model: type[models.Model], alias: str, name: str) -> Convert | None:
    """What Django itself makes of a cell of this column."""
    column = model._meta.get_field(name).get_col(alias)  # type: ignore[union-attr]  # Columns are fields of the model's own.
    steps = connection.ops.get_db_converters(column) + column.get_db_converters(connection)
    if not steps:
        return None

    def convert(cell: Any) -> Any:
        for step in steps:
            cell = step(cell, column, connection)
        return cell

    return convert


def read_below(groups: Iterable[list[Field]], states: States) -> None:
    """Lists and single items from the rows below, put into the states."""
    lists = [{_below(field).kind: field for field in fields} for fields in groups]
    for fields in lists:
        _begin(fields.values(), states)
    if not (lists and states):
        return
    wanted = tuple(_rows_of(fields) for fields in lists)
    sql, readers = _below_question(wanted)
    found = [
        (at, parent, kind, [read(cell) for read, cell in zip(readers[at], cells, strict=False)])
        for at, parent, kind, *cells in _ask(sql, list(states), len(wanted))
    ]
    for at, parent, kind, cells in sorted(found, key=lambda row: (row[0], row[3][0])):
        _put(lists[at][kind], cells, states[parent])


def _begin(fields: Iterable[Field], states: States) -> None:
    empty = {field.name: _below(field).single for field in fields}
    blank = {name: None for name, single in empty.items() if single}
    many = [name for name, single in empty.items() if not single]
    for state in states.values():
        state.update(blank)
        for name in many:
            state[name] = []


def _put(field: Field, cells: Sequence[Any], state: Values) -> None:
    storage = _below(field)
    cells = cells[1:] if storage.ordered else cells
    item = dict(zip(storage.columns, cells, strict=True)) if len(cells) > 1 else cells[0]
    if storage.single:
        state[field.name] = item
    else:
        state[field.name].append(item)


def _below(field: Field) -> Below:
    assert isinstance(field.storage, Below)
    return field.storage


def _rows_of(fields: Mapping[str, Field]) -> Rows:
    storage = _below(next(iter(fields.values())))
    order = ("position",) if storage.ordered else ()
    kinds = tuple(sorted(fields)) if any(fields) else ()
    return Rows(storage.model, storage.parent, (*order, *storage.columns), kinds)


@lru_cache(maxsize=256)
def _below_question(groups: tuple[Rows, ...]) -> tuple[str, Sequence[Sequence[Convert]]]:
    """All tables in one, their columns as text: databases want them alike."""
    width = max(len(each.columns) for each in groups)
    sql = " UNION ALL ".join(_rows_sql(at, each, width) for at, each in enumerate(groups))
    return sql, [[_reader(model_of(each.model), name) for name in each.columns] for each in groups]


def _rows_sql(at: int, rows: Rows, width: int) -> str:
    model = model_of(rows.model)
    cells = [f"CAST({_column(model, 'below', name)} AS text)" for name in rows.columns]
    cells += ["NULL"] * (width - len(cells))
    kind = _column(model, "below", "kind") if rows.kinds else "''"
    named = ", ".join(f"'{each}'" for each in rows.kinds)
    parent = _column(model, "below", rows.parent)
    return (
        f"SELECT {at}, {parent}, {kind}, {', '.join(cells)} "  # noqa: S608 (the same)
        f"FROM {_name(model._meta.db_table)} below WHERE {among_sql(parent, connection.vendor)}"
        + (f" AND {kind} IN ({named})" if rows.kinds else "")
    )


def _reader(model: type[models.Model], name: str) -> Convert:
    field: Any = model._meta.get_field(name)
    field = getattr(field, "target_field", field)
    if isinstance(field, models.IntegerField):
        return lambda text: None if text is None else int(text)
    if isinstance(field, models.BooleanField):
        return lambda text: None if text is None else text in ("1", "true")
    return lambda text: text


def _column(model: type[models.Model], alias: str, name: str) -> str:
    field: Any = model._meta.get_field(name)
    return f"{alias}.{_name(field.column)}"


def _name(name: str) -> str:
    return connection.ops.quote_name(name)


def _ask(sql: str, ids: Sequence[int], times: int = 1) -> list[tuple[Any, ...]]:
    """The ids are named so many times."""
    with known_cursor() as cursor:
        cursor.execute(sql, [one_value(ids, connection.vendor)] * times)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
