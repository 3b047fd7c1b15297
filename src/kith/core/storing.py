"""New rows as sets, on both databases: what every slice that stores many goes through."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

import orjson
from django.db import connection

from kith.core.meanwhile import helper

MANY = 100
"""So many rows are worth handing over to the second thread, where there is one."""

Rows = Sequence[Sequence[Any]]


def put_rows(table: str, columns: Sequence[str], rows: Rows) -> None:
    """Insert tuples in one go: COPY on PostgreSQL, executemany or one statement on SQLite."""
    helping, names = helper(), ", ".join(f'"{name}"' for name in columns)
    many = helping is not None and len(rows) >= MANY
    if helping and many and connection.vendor == "sqlite":
        helping.take(partial(_insert_told, connection.connection, table, names, _told(rows)))
    elif helping and many:
        helping.take(partial(_copy, connection.connection, table, names, rows))
    elif connection.vendor == "postgresql":
        if helping:
            helping.wait()
        with connection.wrap_database_errors:
            connection.ensure_connection()
            _copy(connection.connection, table, names, rows)
    else:
        marks = ", ".join(["%s"] * len(columns))
        with connection.cursor() as cursor:
            cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def tell(statement: str, *cells: Any) -> None:
    """A statement that brings many rows with it, and has nothing to answer."""
    helping = helper()
    if helping is None:
        with connection.cursor() as cursor:
            cursor.execute(statement, cells)
        return
    sql = statement.replace("%s", "?") if connection.vendor == "sqlite" else statement
    helping.take(partial(connection.connection.execute, sql, cells))


def _copy(connected: Any, table: str, names: str, rows: Rows) -> None:
    with (
        connected.cursor() as cursor,
        cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
    ):
        for row in rows:
            copy.write_row(row)


def _told(rows: Rows) -> str:
    """Rows as one JSON text."""
    return orjson.dumps(rows, default=_cell, option=orjson.OPT_PASSTHROUGH_DATETIME).decode()


def _cell(value: Any) -> str:
    """As Django has the driver store it."""
    if isinstance(value, dt.datetime):
        return value.isoformat(" ")
    if isinstance(value, dt.date | Decimal):
        return str(value)
    raise TypeError(value)


def _insert_told(connected: Any, table: str, names: str, told: str) -> None:
    """One statement, so that the other thread has the interpreter all the while."""
    cells = ", ".join(f"json_extract(value, '$[{at}]')" for at in range(names.count(",") + 1))
    connected.execute(f'INSERT INTO "{table}" ({names}) SELECT {cells} FROM json_each(?)', (told,))
