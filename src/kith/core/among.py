"""Rows whose column is one of many ids: one parameter, where `__in` prepares each id by itself.

For a thousand ids the query builder takes longer than the database otherwise.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
from django.db import models

from kith.core.prepared import Slot, slot


class _Ids:
    """Not a list to Django, which would look at each member of it."""

    def __init__(self, ids: Iterable[Any] | Slot, kind: str = "bigint") -> None:
        self.ids = ids if isinstance(ids, Slot) else list(ids)
        self.kind = kind


class _IdsField(models.Field[Any, Any]):
    """Many ids as the one value that they are."""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002, FBT001, FBT002
        return one_value(list(value), connection.vendor)


class _Among(models.Lookup[Any]):
    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        ids = self.rhs.ids
        value = ids if isinstance(ids, Slot) else one_value(ids, connection.vendor)
        return among_sql(column, connection.vendor, self.rhs.kind), (*params, value)


def among_sql(column: str, vendor: str, kind: str = "bigint") -> str:
    """The same in SQL; its one parameter is what `one_value` makes of the ids."""
    if vendor == "postgresql":
        return f"{column} = ANY(%s::{kind}[])"
    return f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608 (our own column names)


def one_value(ids: Sequence[Any], vendor: str) -> Any:
    """The ids as one parameter: an array on PostgreSQL, a text of JSON on SQLite."""
    return ids if vendor == "postgresql" else orjson.dumps(ids).decode()


for _fields in (models.Field, models.ForeignObject):  # The second asks the first for nothing.
    _fields.register_lookup(_Among)


def ids_slot(name: str) -> Slot:
    """For `among`, in a prepared query."""
    return slot(name, _IdsField())


def among(column: str, ids: Iterable[int] | Slot) -> models.Q:
    """A condition on a column of whole numbers."""
    return models.Q(**{f"{column}__among": _Ids(ids)})


def among_texts(column: str, texts: Iterable[str]) -> models.Q:
    """A condition on a column of text."""
    return models.Q(**{f"{column}__among": _Ids(texts, "text")})
