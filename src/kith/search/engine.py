"""Finds the records whose documents hold all terms of a query, on SQLite and on PostgreSQL.

Three letters and more use the trigram index (FTS5, pg_trgm). On SQLite two letters are asked
for as the trigrams that begin with them; what is shorter is compared with each document.

A condition has two forms. `matching` gathers the ids first: right for what is rare.
`matching_each` looks at one record after the other: right for what is common, when the records
come in the order of an index and the first fifty are enough. PostgreSQL weighs that by itself.
"""

import string
from math import isqrt
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from kith.search.models import Document
from kith.search.query import Query

TRIGRAM = 3
# What folded text is made of: kith.core.text.fold leaves printable ASCII in lower case.
LETTERS = [chr(code) for code in range(0x20, 0x7F) if chr(code) not in string.ascii_uppercase]
FEW = 2_000
"""So many ids are gathered without a thought; above, it is a matter of how common they are."""


def matching(documents: type[Document], query: Query) -> models.Q:
    """The condition on a record's primary key. An empty query matches everything."""
    condition = models.Q()
    if not query:
        return condition
    if connection.vendor != "sqlite":
        return models.Q(pk__in=_holding(documents, query.terms).values("record_id"))
    indexed, scanned = _split(query)
    if indexed:
        table = documents._meta.db_table
        sql = f'SELECT rowid FROM "{table}_fts" WHERE "{table}_fts" MATCH %s'
        condition &= models.Q(pk__in=RawSQL(sql, [_expression(indexed)]))
    if scanned:
        condition &= models.Q(pk__in=_holding(documents, scanned).values("record_id"))
    return condition


def matching_each(documents: type[Document], query: Query) -> models.Q:
    """The same condition, to be asked of each record in turn."""
    if not query:
        return models.Q()
    own = documents._base_manager.filter(record_id=models.OuterRef("pk"))
    return models.Q(models.Exists(_holding(own, query.terms)))


def count_matching(documents: type[Document], query: Query, limit: int) -> int:
    """How many documents hold all terms, counted up to `limit`."""
    indexed, scanned = _split(query)
    if connection.vendor == "sqlite" and indexed and not scanned:
        table = documents._meta.db_table
        return _number(
            f'SELECT count(*) FROM (SELECT 1 FROM "{table}_fts" WHERE "{table}_fts" MATCH %s'
            " LIMIT %s)",
            [_expression(indexed), limit],
        )
    return _holding(documents, query.terms)[:limit].count()


def worth_walking(model: type[models.Model]) -> int:
    """From how many matches on, looking at each row in order is faster than gathering them."""
    assert model._meta.pk
    largest = _number(f'SELECT max({model._meta.pk.column}) FROM "{model._meta.db_table}"', [])
    return max(FEW, isqrt(128 * (largest or 0)))


def is_common(documents: type[Document], query: Query) -> bool:
    """Whether `matching_each` is the faster form, where the first few in order are wanted.

    Walking costs more the rarer the query is, gathering the commoner; they meet near the root
    of the table's size. PostgreSQL makes a walk of `matching` by itself.
    """
    if connection.vendor != "sqlite" or not query:
        return False
    limit = worth_walking(documents)
    return count_matching(documents, query, limit) >= limit


def _number(sql: str, params: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def _holding(documents: Any, terms: Any) -> models.QuerySet[Document]:
    rows = documents if isinstance(documents, models.QuerySet) else documents._base_manager.all()
    for term in terms:
        rows = rows.filter(body__contains=term)
    return rows


def _split(query: Query) -> tuple[list[str], list[str]]:
    """The terms that the index can find, and those that are too short for it."""
    indexed = [term for term in query.terms if len(term) > 1]
    return indexed, [term for term in query.terms if len(term) == 1]


def _expression(terms: list[str]) -> str:
    return " AND ".join(
        _quoted(term)
        if len(term) >= TRIGRAM
        else "(" + " OR ".join(_quoted(term + letter) for letter in LETTERS) + ")"
        for term in terms
    )


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'
