"""Finds the records whose documents answer a query, on SQLite and on PostgreSQL.

A condition has two forms. `matching` gathers the ids first: right for what is rare.
`matching_each` looks at one record after the other: right for what is common, when the records
come in the order of an index and the first fifty are enough. `is_common` says which; PostgreSQL
would weigh that by itself, but with several conditions in play it loses its way.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from math import isqrt
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from kith.search.expected import places_of
from kith.search.models import Document
from kith.search.places import GROUP
from kith.search.predicates import full_text, predicate
from kith.search.query import Query
from kith.search.rarity import rarest
from kith.search.syntax import All, Part

COMMON = 3
WORTH = 128
"""A row that is gathered costs so much more than one that is walked past, times the rows of a
page."""
STEP = 1_000
ID_OF_HIT = f"(hit.rowid & {GROUP - 1})"
"""A place ends with the id of its record."""
FEW = 2_000
"""Fewer ids are gathered without a thought; above, it is a matter of how common they are."""


def matching(documents: type[Document], query: Query | Part) -> models.Q:
    """The condition on a record's primary key. An empty query matches everything."""
    part = wording_of(query)
    if not part.parts:
        return models.Q()
    sql, params = _found(documents, part)
    return models.Q(pk__in=RawSQL(sql, params))


def gathered(documents: type[Document], query: Query | Part) -> models.Q:
    """`matching`, and nothing else is looked at first; of a query that is not common."""
    part = wording_of(query)
    if not part.parts or connection.vendor != "postgresql":
        return matching(documents, part)
    return models.Q(_Gathered(documents, part))


def matching_each(documents: type[Document], query: Query | Part) -> models.Q:
    """The same condition, to be asked of each record in turn."""
    part = wording_of(query)
    if not part.parts:
        return models.Q()
    if connection.vendor == "postgresql":
        return models.Q(_Asked(documents, part))
    own = documents._base_manager.filter(record_id=models.OuterRef("pk"))
    return models.Q(models.Exists(own.filter(_Answers(part))))


def found_in_steps(documents: type[Document], query: Query | Part) -> Iterator[list[int]]:
    """The ids of the records whose documents answer, no further than they are asked for: SQLite
    looks for the next ones only then."""
    sql, params = _found(documents, wording_of(query))
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        while rows := cursor.fetchmany(STEP):
            yield [row[0] for row in rows]


def among_ids(ids: list[int]) -> models.Q:
    """Given as one value: a parameter for each would take longer than the answer."""
    if connection.vendor == "postgresql":
        return models.Q(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [ids]))
    return models.Q(pk__in=RawSQL("SELECT value FROM json_each(%s)", [str(ids)]))


def count_records(
    records: models.QuerySet[Any], documents: type[Document], query: Query | Part, limit: int
) -> int:
    """How many of these records answer, counted up to `limit`. Among the first documents that are
    found there are mostly enough: not all have to be."""
    count = 0
    for ids in found_in_steps(documents, query):
        count += records.filter(among_ids(ids)).count()
        if count >= limit:
            break
    return min(count, limit)


def worth_walking(model: type[models.Model]) -> int:
    """From how many matches on, looking at each row in order is faster than gathering them."""
    assert model._meta.pk
    largest = _number(f'SELECT max({model._meta.pk.column}) FROM "{model._meta.db_table}"', [])
    return max(FEW, isqrt(WORTH * (largest or 0)))


def about(documents: type[Document], query: Query | Part) -> int:
    """How many documents answer: counted as far as `worth_walking`, or estimated on PostgreSQL,
    which would gather all before it counts the first: by a sample of them, or without one by what
    it plans with."""
    part = wording_of(query)
    if connection.vendor == "postgresql":
        known = places_of(documents._meta.db_table)
        if known.sample:
            return int(known.documents * known.sample.share(part))
        return _planned(*_found(documents, part))
    index, _exact = full_text(part, partial(rarest, documents._meta.db_table))
    sql, params = _found(documents, part)
    if index:  # What it holds may be a little more: that is near enough.
        sql, params = f'SELECT rowid FROM "{documents._meta.db_table}_fts" WHERE ', [index]
        sql += f'"{documents._meta.db_table}_fts" MATCH %s'
    limit = common_from(documents)
    return _number(f"SELECT count(*) FROM ({sql} LIMIT %s) AS found", [*params, limit])


def is_common(documents: type[Document], query: Query | Part) -> bool:
    """Whether `matching_each` is the faster form, where the first few in order are wanted.

    Walking costs more the rarer the query is, gathering the commoner; they meet near the root
    of the table's size.
    """
    part = wording_of(query)
    return bool(part.parts) and about(documents, part) >= common_from(documents)


def common_from(documents: type[Document]) -> int:
    """What one looks for often stands together (the Lauras, the people of a town), so that a walk
    is longer than if it were strewn about."""
    return COMMON * worth_walking(documents)


def fitting(documents: type[Document], query: Query | Part) -> models.Q:
    """The form that gives the first few faster."""
    form = matching_each if is_common(documents, query) else gathered
    return form(documents, query)


def estimated(records: models.QuerySet[Any]) -> int:
    """How many PostgreSQL expects."""
    return _planned(*records.query.sql_with_params())


def _planned(sql: str, params: Sequence[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
    return int(plan[0]["Plan"]["Plan Rows"])


class _Gathered(models.Func):
    """Whether a record is among those whose documents answer. PostgreSQL takes a list as it
    stands, where of a subquery it might make anything."""

    def __init__(self, documents: type[Document], part: All) -> None:
        super().__init__(models.F("pk"), output_field=models.BooleanField())
        self.documents, self.part = documents, part

    def as_sql(self, compiler: Any, *_more: Any, **_context: Any) -> tuple[str, Any]:
        column, own = compiler.compile(self.source_expressions[0])
        sql, params = _found(self.documents, self.part)
        return f"{column} = ANY(ARRAY({sql}))", [*own, *params]


class _Asked(models.Func):
    """Whether the record's document answers a part: a question that PostgreSQL asks of one record
    after the other, and does not turn into a join."""

    def __init__(self, documents: type[Document], part: Part) -> None:
        super().__init__(models.F("pk"), output_field=models.BooleanField())
        self.documents, self.part = documents, part

    def as_sql(self, compiler: Any, *_more: Any, **_context: Any) -> tuple[str, Any]:
        column, own = compiler.compile(self.source_expressions[0])
        sql, params = predicate(self.part, "body")
        table = self.documents._meta.db_table
        asked = f'SELECT {sql} FROM "{table}" WHERE record_id = {column}'
        return f"coalesce(({asked}), false)", [*params, *own]


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
        sql, params = predicate(part, "body", indexed=True)
        return f'SELECT record_id FROM "{table}" WHERE {sql}', list(params)
    if not full_text(part)[0]:
        sql, params = predicate(part, "body")
        return f'SELECT record_id FROM "{table}" WHERE {sql}', list(params)
    sql, hit = hits(documents, part)
    return f"SELECT {ID_OF_HIT} AS record_id FROM {sql}", hit


def hits(documents: type[Document], part: All) -> tuple[str, list[Any]]:
    """FROM and WHERE of what SQLite's index finds, and whose documents answer. It is numbered by
    place (`kith.search.stream`)."""
    table = documents._meta.db_table
    index, exact = full_text(part, partial(rarest, table))
    found, asked = f'"{table}_fts" AS hit', f'"{table}_fts" MATCH %s'
    if exact:
        return f"{found} WHERE {asked}", [index]
    sql, params = predicate(part, "document.body")
    joined = f'CROSS JOIN "{table}" AS document ON document.record_id = {ID_OF_HIT}'
    return f"{found} {joined} WHERE {asked} AND ({sql})", [index, *params]


def wording_of(query: Query | Part) -> All:
    """The words that are asked for, without the conditions on fields."""
    if isinstance(query, Query):
        return query.wording
    return query if isinstance(query, All) else All((query,))


def _number(sql: str, params: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]
