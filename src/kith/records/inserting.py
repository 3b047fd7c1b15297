"""New rows of a set of records, made from their values in one pass and inserted table by table.

An import spends most of its time here, so the work for each record depends on the values that
it holds, not on the fields that there are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Protocol

import orjson

from kith.core.fields import Below, BesideTable, Elsewhere, Field, Value
from kith.core.record_types import RecordType, Values
from kith.records.bulk import insert_rows
from kith.records.layout import by_table, columns_of, model_of, pop_packed
from kith.records.packing import EMPTY, insert_keys

Take = Callable[[int, Value], None]
"""Is given a record's id and what it holds in one field."""


def insert_states(
    record_type: RecordType, states: Mapping[int, Values], *, extra: Mapping[str, Any]
) -> None:
    """Insert new records whole. `extra`: columns that no field declares (updated_at …)."""
    groups = by_table(record_type.fields)
    packed = pop_packed(groups)
    columns = {**dict.fromkeys(packed), **extra}
    own = _Rows(record_type.model, "id", groups.pop(None, []), columns)
    tables: list[_Table] = [_Cells(own, column, members) for column, members in packed.items()]
    tables.append(own)  # After its JSON cells, which fill its rows.
    for table, members in groups.items():
        if isinstance(table, BesideTable):
            tables.append(_beside(table, members))
        elif not isinstance(table, Elsewhere):
            tables.append(_Lists(members))
    _insert(tables, states)
    for members in packed.values():
        insert_keys(members, states)


def insert_beside(table: BesideTable, fields: list[Field], states: Mapping[int, Values]) -> None:
    """The rows beside records that had none so far."""
    _insert([_beside(table, fields)], states)


def insert_below(fields: list[Field], states: Mapping[int, Values]) -> None:
    """The rows below records; all fields are of one table."""
    _insert([_Lists(fields)], states)


def _beside(table: BesideTable, fields: list[Field]) -> "_Rows":
    fixed = dict(table.fixed)
    return _Rows(model_of(table.model), table.parent, fields, fixed, optional=table.optional)


def _insert(tables: Sequence["_Table"], states: Mapping[int, Values]) -> None:
    takers = {name: take for table in tables for name, take in table.takers()}
    whole = [table for table in tables if isinstance(table, _Rows) and not table.optional]
    for pk, state in states.items():
        for each in whole:
            each.row_of(pk)
        for name, value in state.items():
            if value is not None and name in takers:
                takers[name](pk, value)
    for table in tables:
        table.insert()


class _Table(Protocol):
    def takers(self) -> Iterator[tuple[str, Take]]: ...

    def insert(self) -> None: ...


class _Rows:
    """One row for each record. An `optional` one is only made for a record that needs it."""

    def __init__(
        self,
        model: Any,
        key: str,
        fields: list[Field],
        fixed: Mapping[str, Any],
        *,
        optional: bool = False,
    ) -> None:
        names, self._makers = columns_of(fields)
        self._model, self._columns = model, [key, *names, *fixed]
        self._blank = [*(make(None) for _name, make in self._makers), *fixed.values()]
        self._rows: dict[int, list[Any]] = {}
        self.optional = optional

    def put(self, column: str, cells: Mapping[int, Any]) -> None:
        place = self._columns.index(column)
        for pk, cell in cells.items():
            self.row_of(pk)[place] = cell

    def row_of(self, pk: int) -> list[Any]:
        row = self._rows.get(pk)
        if row is None:
            row = self._rows[pk] = [pk, *self._blank]
        return row

    def takers(self) -> Iterator[tuple[str, Take]]:
        by_name: dict[str, list[tuple[int, Any]]] = {}
        for place, (name, make) in enumerate(self._makers, 1):
            by_name.setdefault(name, []).append((place, make))
        for name, places in by_name.items():
            yield name, self._taker(places)

    def _taker(self, places: list[tuple[int, Any]]) -> Take:
        row_of = self.row_of

        def take_several(pk: int, value: Value) -> None:
            row = row_of(pk)
            for place, make in places:
                row[place] = make(value)

        if len(places) > 1:
            return take_several
        place, make = places[0]

        def take(pk: int, value: Value) -> None:
            row_of(pk)[place] = make(value)

        return take

    def insert(self) -> None:
        insert_rows(self._model, self._columns, list(self._rows.values()))


class _Cells:
    """The JSON cells of one column of the records' own rows."""

    def __init__(self, own: _Rows, column: str, fields: list[Field]) -> None:
        self._own, self._column, self._fields = own, column, fields
        self._held: dict[int, Values] = {}

    def takers(self) -> Iterator[tuple[str, Take]]:
        for field in self._fields:
            yield field.name, self._taker(field.name)

    def _taker(self, name: str) -> Take:
        def take(pk: int, value: Value) -> None:
            if value not in EMPTY:
                self._held.setdefault(pk, {})[name] = value

        return take

    def insert(self) -> None:
        cells = {pk: orjson.dumps(held).decode() for pk, held in self._held.items()}
        self._own.put(self._column, cells)


class _Lists:
    """Any number of rows for each record, in the order of its lists."""

    def __init__(self, fields: list[Field]) -> None:
        storage = fields[0].storage
        assert isinstance(storage, Below)
        self._fields, self._rows = fields, list[tuple[Any, ...]]()
        self._model = model_of(storage.model)
        # The lists that share a table are told apart by their kind.
        self._kinds = any(field.storage.kind for field in fields)  # type: ignore[union-attr]
        self._columns = [storage.parent, *storage.columns]
        self._columns += ["kind"] * self._kinds + ["position"] * storage.ordered
        self._columns += [name for name, _derive in storage.also]

    def takers(self) -> Iterator[tuple[str, Take]]:
        for field in self._fields:
            yield field.name, self._taker(field.storage)  # type: ignore[arg-type]

    def _taker(self, storage: Below) -> Take:
        kind = (storage.kind,) * self._kinds
        derived = [derive for _name, derive in storage.also]
        add, cells, ordered, single = (
            self._rows.append,
            _cells_of(storage.columns),
            storage.ordered,
            storage.single,
        )

        def take(pk: int, value: Value) -> None:
            items: Iterable[Value] = (value,) if single else value
            for position, item in enumerate(items):
                tail = [derive(item) for derive in derived]
                add((pk, *cells(item), *kind, *((position,) if ordered else ()), *tail))

        return take

    def insert(self) -> None:
        insert_rows(self._model, self._columns, self._rows)


def _cells_of(columns: tuple[str, ...]) -> Callable[[Value], tuple[Any, ...]]:
    """What one item of a list fills its columns with."""
    return itemgetter(*columns) if len(columns) > 1 else lambda item: (item,)
