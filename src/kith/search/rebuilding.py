"""The whole index of a record type made anew: documents first, and then at once what finds them,
which takes a third of the time."""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from kith.core.storing import put_rows, tell
from kith.search.models import Document
from kith.search.tidying import index_tidy
from kith.search.vocabulary import add_words, words_of

Rows = Sequence[tuple[int, int, str]]
"""Record ids, places and bodies."""


def documents_rebuild(documents: type[Document], portions: Iterable[Rows]) -> None:
    """In one transaction: nobody misses anything meanwhile, and nobody else writes."""
    with transaction.atomic():
        _forget(documents._meta.db_table)
        for rows in portions:
            if documents.vocabulary:
                add_words(documents.vocabulary, words_of(body for _pk, _place, body in rows))
            put_rows(documents._meta.db_table, ("record_id", "place", "body"), rows)
        _index(documents._meta.db_table)
    index_tidy(documents)


def _forget(table: str) -> None:
    if connection.vendor == "sqlite":
        tell(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'delete-all\')')
    else:
        tell(f'DROP INDEX IF EXISTS "{table}_trigrams"')
    tell(f'DELETE FROM "{table}"' if connection.vendor == "sqlite" else f'TRUNCATE "{table}"')


def _index(table: str) -> None:
    if connection.vendor == "sqlite":
        # In the order of places. SQLite's own 'rebuild' reads in that of ids, and writes what it
        # has whenever a place stands before the last one: four times as long.
        tell(
            f'INSERT INTO "{table}_fts" (rowid, body) '
            f'SELECT place, body FROM "{table}" ORDER BY place'
        )
        return
    tell("SET LOCAL maintenance_work_mem = '512MB'")
    tell(f'CLUSTER "{table}" USING "{_index_of_places(table)}"')
    tell(f'CREATE INDEX "{table}_trigrams" ON "{table}" USING gin (body gin_trgm_ops)')
    tell(f'ANALYZE "{table}"')


def _index_of_places(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
            "JOIN pg_attribute ON attrelid = indrelid AND attnum = indkey[0] "
            "WHERE indrelid = %s::regclass AND attname = 'place' AND indisunique",
            [f'"{table}"'],
        )
        return str(cursor.fetchone()[0])
