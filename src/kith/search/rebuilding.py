"""The whole index of a record type made anew: of many documents at once, which takes a third of the
time that each by itself would."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from kith.core.storing import put_rows, tell
from kith.search.models import Document
from kith.search.stream import SHIFT
from kith.search.tidying import index_tidy
from kith.search.vocabulary import add_words, words_of
from kith.search.writing import COLUMNS, Row, tell_index

BATCH = 20_000
"""So many documents are told to SQLite's index in the order of their places. Where one stands
before the last that was told, what the index has gathered is written out first."""
GATHERED, USUALLY = 16 << 20, 1 << 20
"""Bytes that SQLite's index gathers before it writes them out, while it is built and else."""


def documents_rebuild(documents: type[Document], portions: Iterable[Sequence[Row]]) -> None:
    """In one transaction: nobody misses anything meanwhile, and nobody else writes. `portions` are
    asked for within it."""
    table = documents._meta.db_table
    with transaction.atomic():
        _forget(table)
        for rows in _batches(portions):
            if documents.vocabulary:
                add_words(documents.vocabulary, words_of(body for _pk, _place, body in rows))
            put_rows(table, COLUMNS, rows)
            if connection.vendor == "sqlite":
                tell_index(table, rows)
        _finish(table)
    index_tidy(documents)


def _batches(portions: Iterable[Sequence[Row]]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for rows in portions:
        batch += rows
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _forget(table: str) -> None:
    if connection.vendor == "sqlite":
        tell(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'delete-all\')')
        _gather(table, GATHERED)
        tell(f'DELETE FROM "{table}"')
    else:
        tell(f'DROP INDEX IF EXISTS "{table}_trigrams"')
        tell(f'TRUNCATE "{table}"')


def _gather(table: str, size: int) -> None:
    tell(f'INSERT INTO "{table}_fts" ("{table}_fts", rank) VALUES (\'hashsize\', %s)', size)


def _finish(table: str) -> None:
    if connection.vendor == "sqlite":
        _gather(table, USUALLY)
        return
    tell("SET LOCAL maintenance_work_mem = '512MB'")
    tell(f'CLUSTER "{table}" USING "{_index_of_places(table)}"')
    tell(
        f'CREATE INDEX "{table}_trigrams" ON "{table}" '
        f"USING gin (body gin_trgm_ops, (ARRAY[place >> {SHIFT}]))"
    )
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
