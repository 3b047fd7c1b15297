"""Queries that are put into words once.

To word a query takes Django up to a millisecond of a processor, more than a database needs to
answer most of them. What every page asks is therefore worded once, with slots for its values:

    MINE = Prepared(lambda: Job.objects.filter(user=slot("user")))
    MINE.objects(user=3)
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import BigIntegerField, CharField, DateTimeField, Expression, Field, QuerySet
from django.db.models.query import get_related_populators

NUMBER: "Field[Any, Any]" = BigIntegerField()
TEXT: "Field[Any, Any]" = CharField()
MOMENT: "Field[Any, Any]" = DateTimeField()


class Slot(Expression):
    """Where a value goes, in the form that a column of this kind has in the database."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, _compiler: Any, _connection: Any) -> Any:
        return "%s", [self]

    def bound(self, values: Mapping[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


def slot(name: str, field: "Field[Any, Any]" = NUMBER) -> Slot:
    return Slot(name, field)


def known_cursor() -> Any:
    """For a query whose words never change: PostgreSQL remembers how to answer it."""
    return getattr(connection, "known_cursor", connection.cursor)()


LARGEST = 2**63 - 1


@dataclass(frozen=True)
class _Worded:
    """A query in SQL, and how a record is made of what it answers."""

    sql: str
    params: Sequence[Any]
    converters: Sequence[tuple[int, tuple[Sequence[Callable[..., Any]], Any]]]
    model: Any
    columns: slice
    names: Sequence[str]
    beside: Mapping[str, int]
    populators: Sequence[Any]

    def rows(self, values: Mapping[str, Any]) -> Iterable[Sequence[Any]]:
        if any(isinstance(each, int) and abs(each) > LARGEST for each in values.values()):
            return []  # Of an address such as /contacts/99999999999999999999/: databases refuse it.
        params = [each.bound(values) if isinstance(each, Slot) else each for each in self.params]
        with known_cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return map(self._converted, found) if self.converters else found

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        cells = list(row)
        for at, (converters, expression) in self.converters:
            for converter in converters:
                cells[at] = converter(cells[at], expression, connection)
        return cells

    def record(self, row: Sequence[Any]) -> Any:
        found = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.columns])
        for each in self.populators:
            each.populate(row, found)
        for name, at in self.beside.items():
            setattr(found, name, row[at])
        return found


class Prepared:
    """`make` gives the query; it looks at nothing that changes."""

    def __init__(self, make: "Callable[[], QuerySet[Any, Any]]") -> None:
        self._make = make
        self._worded: dict[str, _Worded] = {}

    def rows(self, **values: Any) -> list[Sequence[Any]]:
        """What `values_list` names."""
        return list(self._words().rows(values))

    def objects(self, **values: Any) -> list[Any]:
        """Records without what is deferred, with related ones and annotations."""
        words = self._words()
        return [words.record(row) for row in words.rows(values)]

    def first(self, **values: Any) -> Any | None:
        return next(iter(self.objects(**values)), None)

    def _words(self) -> _Worded:
        found = self._worded.get(connection.vendor)
        if found is None:
            found = self._worded[connection.vendor] = _worded(self._make())
        return found


def _worded(query: "QuerySet[Any, Any]") -> _Worded:
    compiler = query.query.get_compiler(DEFAULT_DB_ALIAS)
    sql, params = compiler.as_sql()
    select: Any = compiler.select
    populators: Any = get_related_populators
    whole = query.query.default_cols
    info: Any = compiler.klass_info if whole else {"model": query.model, "select_fields": [0]}
    held = info["select_fields"]
    columns = slice(held[0], held[-1] + 1)
    return _Worded(
        sql=sql,
        params=params,
        converters=tuple(compiler.get_converters([each[0] for each in select]).items()),
        model=info["model"],
        columns=columns,
        names=[each[0].target.attname for each in select[columns]] if whole else [],
        beside=compiler.annotation_col_map or {},
        populators=populators(info, select, DEFAULT_DB_ALIAS),
    )
