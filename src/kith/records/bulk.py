"""Rows in and out of the database as sets, on both engines. Nothing here knows a record."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

import orjson
from django.db import connection, models

from kith.core.beforehand import beforehand
from kith.core.meanwhile import helper
from kith.core.storing import MANY, put_rows, tell

STEP = 1000
"""How many ids one statement names."""

Key = TypeVar("Key", int, str)


def allocate_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Take `count` primary keys that no row has had or will have otherwise.

    Must run inside a transaction: on SQLite the write lock is what makes it safe.
    """
    table, helping = model._meta.db_table, helper()
    if made := beforehand():
        return made.foresee(table, count)
    spare = helping.memory.spare.pop(table, ()) if helping else ()
    if len(spare) == count:
        return spare
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            ids = _allocate_on_postgresql(cursor, model, count)
        else:
            ids = _allocate_on_sqlite(cursor, table, count)
    if helping:
        helping.memory.ids[table] = ids[-1]
    return ids


def _allocate_on_postgresql(cursor: Any, model: type[models.Model], count: int) -> Sequence[int]:
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
        [f'"{model._meta.db_table}"', model._meta.pk.column, count],
    )
    return [row[0] for row in cursor.fetchall()]


def _allocate_on_sqlite(cursor: Any, table: str, count: int) -> Sequence[int]:
    cursor.execute(
        "UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s RETURNING seq", [count, table]
    )
    row = cursor.fetchone()
    if row is None:  # The table has never held a row.
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, count])
        row = (count,)
    return range(row[0] - count + 1, row[0] + 1)


def insert_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    fixed: Mapping[str, Any] | None = None,
) -> None:
    """Insert tuples in one go. `fixed`: columns that hold the same in all of them.

    Several times faster than bulk_create, which builds a model instance for each row.
    """
    if rows:
        put_rows(model._meta.db_table, columns, rows, fixed)


def update_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    key: str = "id",
    fixed: Sequence[tuple[str, Any]] = (),
    count_up: str = "",
) -> None:
    """Set `columns` of the row that each tuple ends with the key of. `fixed`: what other columns
    of that row must hold.

    `count_up` names a column that grows by one at the same time.
    """
    if not rows:
        return
    if connection.vendor == "postgresql":
        _update_from_lists(model, [*columns, key], rows, fixed, count_up)
        return
    _update_each(model, [*columns, key], rows, fixed, count_up)


def _update_each(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    fixed: Sequence[tuple[str, Any]],
    count_up: str,
) -> None:
    """SQLite, to which a statement costs no journey, is told one for each row."""
    *columns, key = names
    sets = ", ".join(f'"{name}" = %s' for name in columns)
    sets += f', "{count_up}" = "{count_up}" + 1' if count_up else ""
    where = " AND ".join([f'"{key}" = %s', *(f'"{name}" = %s' for name, _ in fixed)])
    tail = tuple(value for _, value in fixed)
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{model._meta.db_table}" SET {sets} WHERE {where}',
            [(*row, *tail) for row in rows] if tail else rows,
        )


def _update_from_lists(
    model: type[models.Model],
    names: Sequence[str],
    rows: Sequence[Sequence[Any]],
    fixed: Sequence[tuple[str, Any]],
    count_up: str,
) -> None:
    """PostgreSQL takes the columns as lists: one statement instead of one for each row."""
    table, (*columns, key) = model._meta.db_table, names
    types = _types(model)
    lists = ", ".join(f"%s::{types[name]}[]" for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    sets = ", ".join(f'"{name}" = given."{name}"' for name in columns)
    sets += f', "{count_up}" = "{table}"."{count_up}" + 1' if count_up else ""
    where = "".join(f' AND "{table}"."{name}" = %s' for name, _ in fixed)
    tell(
        f'UPDATE "{table}" SET {sets} FROM unnest({lists}) AS given ({listed}) '
        f'WHERE "{table}"."{key}" = given."{key}"{where}',
        *map(list, zip(*rows, strict=True)),
        *(value for _, value in fixed),
    )


def tell_rows(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    key: str,
    fixed: Sequence[tuple[str, Any]] = (),
) -> None:
    """As `update_rows`, of plain values: many are left to the second thread as one text."""
    if connection.vendor == "postgresql" or helper() is None or len(rows) < MANY:
        update_rows(model, columns, rows, key=key, fixed=fixed)
        return
    table, names = model._meta.db_table, [*columns, key]
    cells = ", ".join(
        f"json_extract(value, '$[{at}]') AS \"{name}\"" for at, name in enumerate(names)
    )
    sets = ", ".join(f'"{name}" = given."{name}"' for name in columns)
    where = "".join(f' AND "{table}"."{name}" = %s' for name, _ in fixed)
    # Materialized, what is given is walked through, and each row is looked up in the table; else
    # the table would be walked through, and all that is given looked at for each of its rows.
    tell(
        f"WITH given AS MATERIALIZED (SELECT {cells} FROM json_each(%s)) "
        f'UPDATE "{table}" SET {sets} FROM given WHERE "{table}"."{key}" = given."{key}"{where}',
        orjson.dumps(rows).decode(),
        *(value for _, value in fixed),
    )


def steps(keys: Iterable[Key]) -> Iterable[list[Key]]:
    """Ids, or other keys, in portions that one statement can name."""
    portion: list[Key] = []
    for each in keys:
        portion.append(each)
        if len(portion) == STEP:
            yield portion
            portion = []
    if portion:
        yield portion


def rows_with(
    model: type[models.Model], column: str, keys: Sequence[Key], columns: Sequence[str]
) -> list[tuple[Any, ...]]:
    """The rows whose `column` is one of `keys`. Built by hand: for thousands of keys the query
    builder takes longer than the database."""
    names = ", ".join(f'"{name}"' for name in columns)
    table, question, helping = model._meta.db_table, (model, column, tuple(columns)), helper()
    if made := beforehand():
        return made.recall(question, keys)
    found: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        for portion in steps(keys):
            among, values = _among(model, column, portion)
            cursor.execute(f'SELECT {names} FROM "{table}" WHERE "{column}" {among}', values)
            found += cursor.fetchall()
    if helping and column in columns:
        helping.memory.keep(question, columns.index(column), keys, found)
    return found


def _among(
    model: type[models.Model], column: str, values: Sequence[Any]
) -> tuple[str, Sequence[Any]]:
    """A condition on a column, and its parameters; PostgreSQL takes them as one list."""
    if connection.vendor == "postgresql":
        return f"= ANY(%s::{_types(model)[column]}[])", [list(values)]
    return f"IN ({', '.join(['%s'] * len(values))})", values


def _types(model: type[models.Model]) -> dict[str, Any]:
    return {str(field.column): field.db_type(connection) for field in model._meta.concrete_fields}


def database_time(moment: Any) -> Any:
    """A moment as the database's own column form, for the raw statements above."""
    return connection.ops.adapt_datetimefield_value(moment)
