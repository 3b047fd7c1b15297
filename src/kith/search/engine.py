"""Finds the records whose documents hold all terms of a query, on SQLite and on PostgreSQL.

Three letters and more use the trigram index (FTS5, pg_trgm). Two letters are looked up among
the trigrams that begin with them; one letter is compared with each document, and so common
that the first page is found at once.
"""

from collections.abc import Iterable

from django.db import connection, models
from django.db.models.expressions import RawSQL

from kith.search.models import Document
from kith.search.query import Query

TRIGRAM = 3


def matching(documents: type[Document], query: Query) -> models.Q:
    """The condition on a record's primary key. An empty query matches everything."""
    condition = models.Q()
    if not query:
        return condition
    if connection.vendor == "sqlite":
        return _on_sqlite(documents, query)
    rows = documents._base_manager.all()
    for term in query.terms:
        rows = rows.filter(body__contains=term)
    return models.Q(pk__in=rows.values("record_id"))


def _on_sqlite(documents: type[Document], query: Query) -> models.Q:
    table = documents._meta.db_table
    indexed = [_expression(table, term) for term in query.terms if len(term) > 1]
    scanned = [term for term in query.terms if len(term) == 1]
    condition = models.Q()
    if indexed:
        sql = f'SELECT rowid FROM "{table}_fts" WHERE "{table}_fts" MATCH %s'
        condition &= models.Q(pk__in=RawSQL(sql, [" AND ".join(indexed)]))
    if scanned:
        rows = documents._base_manager.all()
        for term in scanned:
            rows = rows.filter(body__contains=term)
        condition &= models.Q(pk__in=rows.values("record_id"))
    return condition


def _expression(table: str, term: str) -> str:
    if len(term) >= TRIGRAM:
        return _quoted(term)
    return "(" + (" OR ".join(map(_quoted, _trigrams(table, term))) or '"\u0001\u0001\u0001"') + ")"


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


def _trigrams(table: str, beginning: str) -> Iterable[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT term FROM "{table}_terms" WHERE term >= %s AND term < %s',
            [beginning, beginning + "\U0010ffff"],
        )
        return [row[0] for row in cursor.fetchall()]
