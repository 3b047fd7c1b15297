"""New rows as sets, on both databases: what every slice that stores many goes through."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import Any

from django.db import connection

from kith.core.beforehand import beforehand
from kith.core.meanwhile import helper

MANY = 100
"""So many rows are worth handing over to the second thread, where there is one."""

BLOCKS = (500, 100, 20, 4, 1)
"""How many rows one statement brings to SQLite. Each of these is compiled once. While it runs, the
other thread has the interpreter, but has to be asked for it between two: so not too few."""

MOST_CELLS = 8_000
"""SQLite takes 32,766 parameters; one that has too many gets slower again."""

Rows = Sequence[Sequence[Any]]
Fixed = Mapping[str, Any]
Names = tuple[str, ...]


def put_rows(table: str, columns: Sequence[str], rows: Rows, fixed: Fixed | None = None) -> None:
    """Insert tuples in one go: COPY on PostgreSQL, some rows with each statement on SQLite.

    `fixed`: columns that hold the same in all of them."""
    if made := beforehand():
        made.told.append(partial(put_rows, table, columns, rows, fixed))
        return
    fixed = fixed or {}
    names, helping = (*fixed, *columns), helper()
    postgresql = connection.vendor == "postgresql"
    if helping and len(rows) >= MANY:
        store = _copy if postgresql else _insert
        helping.take(partial(store, connection.connection, table, names, rows, fixed))
    elif postgresql:
        if helping:
            helping.wait()
        with connection.wrap_database_errors:
            connection.ensure_connection()
            _copy(connection.connection, table, names, rows, fixed)
    else:
        same = tuple(fixed.values())
        with connection.cursor() as cursor:
            cursor.executemany(_insertion(table, names, 0, 1), [(*same, *row) for row in rows])


def put_columns(table: str, columns: Mapping[str, Sequence[Any]], fixed: Fixed) -> None:
    """The same, where each row holds little: many short rows take longer to be sent by another
    process than a few long columns."""
    if made := beforehand():
        made.told.append(partial(put_columns, table, columns, fixed))
        return
    rows = list(zip(*columns.values(), strict=True))
    if rows:
        put_rows(table, list(columns), rows, fixed)


def tell(statement: str, *cells: Any) -> None:
    """A statement that brings many rows with it, and has nothing to answer."""
    if made := beforehand():
        made.told.append(partial(tell, statement, *cells))
        return
    helping = helper()
    if helping is None:
        with connection.cursor() as cursor:
            cursor.execute(statement, cells)
        return
    sql = statement.replace("%s", "?") if connection.vendor == "sqlite" else statement
    helping.take(partial(connection.connection.execute, sql, cells))


def _copy(connected: Any, table: str, names: Names, rows: Rows, fixed: Fixed) -> None:
    listed, same = ", ".join(f'"{name}"' for name in names), tuple(fixed.values())
    with (
        connected.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({listed}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row((*same, *row) if same else row)


def _insert(connected: Any, table: str, names: Names, rows: Rows, fixed: Fixed) -> None:
    same = tuple(fixed.values())
    for block in _blocks(rows, len(names) - len(same)):
        sql = _insertion(table, names, len(same), len(block))
        connected.execute(sql, (*same, *chain.from_iterable(block)))


def _blocks(rows: Rows, width: int) -> Iterator[Rows]:
    at = 0
    for size in BLOCKS:
        while at + size <= len(rows) and size * width <= MOST_CELLS:
            yield rows[at : at + size]
            at += size


@lru_cache(maxsize=256)
def _insertion(table: str, names: Names, same: int, rows: int) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    first, width = same + 1, len(names) - same
    marks = [f"?{number + 1}" for number in range(same)]
    values = ", ".join(
        f"({', '.join([*marks, *(f'?{at}' for at in range(start, start + width))])})"
        for start in range(first, first + width * rows, width)
    )
    return f'INSERT INTO "{table}" ({listed}) VALUES {values}'
