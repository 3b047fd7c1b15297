"""Finds the records whose documents answer a query, on SQLite and on PostgreSQL.

A condition has two forms. `matching` gathers the ids first: right for what is rare.
`matching_each` looks at one record after the other: right for what is common, when the records
come in the order of an index and the first fifty are enough. PostgreSQL weighs that by itself.
"""

from math import isqrt
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from kith.search.models import Document
from kith.search.predicates import full_text, predicate
from kith.search.query import Query
from kith.search.syntax import All, Part

FEW = 2_000
"""So many ids are gathered without a thought; above, it is a matter of how common they are."""


def matching(documents: type[Document], query: Query | Part) -> models.Q:
    """The condition on a record's primary key. An empty query matches everything."""
    part = _wording(query)
    if not part.parts:
        return models.Q()
    sql, params = _found(documents, part)
    return models.Q(pk__in=RawSQL(sql, params))


def matching_each(documents: type[Document], query: Query | Part) -> models.Q:
    """The same condition, to be asked of each record in turn."""
    part = _wording(query)
    if not part.parts:
        return models.Q()
    own = documents._base_manager.filter(record_id=models.OuterRef("pk"))
    return models.Q(models.Exists(own.filter(_Answers(part))))


def count_matching(documents: type[Document], query: Query | Part, limit: int) -> int:
    """How many documents answer, counted up to `limit`."""
    sql, params = _found(documents, _wording(query))
    return _number(f"SELECT count(*) FROM ({sql} LIMIT %s) AS found", [*params, limit])


def worth_walking(model: type[models.Model]) -> int:
    """From how many matches on, looking at each row in order is faster than gathering them."""
    assert model._meta.pk
    largest = _number(f'SELECT max({model._meta.pk.column}) FROM "{model._meta.db_table}"', [])
    return max(FEW, isqrt(128 * (largest or 0)))


def is_common(documents: type[Document], query: Query | Part) -> bool:
    """Whether `matching_each` is the faster form, where the first few in order are wanted.

    Walking costs more the rarer the query is, gathering the commoner; they meet near the root
    of the table's size. PostgreSQL makes a walk of `matching` by itself.
    """
    if connection.vendor != "sqlite" or not _wording(query).parts:
        return False
    limit = worth_walking(documents)
    return count_matching(documents, query, limit) >= limit


class _Answers(models.Func):
    """Whether a document answers a part."""

    def __init__(self, part: Part) -> None:
        super().__init__(models.F("body"), output_field=models.BooleanField())
        self.part = part

    def as_sql(self, compiler: Any, *_more: Any, **_context: Any) -> tuple[str, Any]:
        body, _params = compiler.compile(self.source_expressions[0])
        return predicate(self.part, body)


def _found(documents: type[Document], part: All) -> tuple[str, list[Any]]:
    """SELECT the ids of the documents that answer."""
    table = documents._meta.db_table
    if connection.vendor != "sqlite":
        sql, params = predicate(part, "body")
        return f'SELECT record_id FROM "{table}" WHERE {sql}', list(params)
    index, exact = full_text(part)
    if not index:
        sql, params = predicate(part, "body")
        return f'SELECT record_id FROM "{table}" WHERE {sql}', list(params)
    found = f'SELECT rowid FROM "{table}_fts" WHERE "{table}_fts" MATCH %s'
    if exact:
        return found, [index]
    sql, params = predicate(part, "document.body")
    joined = f'SELECT record_id FROM ({found}) AS hit JOIN "{table}" AS document'
    return f"{joined} ON document.record_id = hit.rowid WHERE {sql}", [index, *params]


def _wording(query: Query | Part) -> All:
    if isinstance(query, Query):
        return query.wording
    return query if isinstance(query, All) else All((query,))


def _number(sql: str, params: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]
