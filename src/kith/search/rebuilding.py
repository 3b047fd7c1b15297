"""The whole index of a record type made anew: of many documents at once, which takes a third of the
time that each by itself would."""

from collections.abc import Iterable, Iterator, Sequence

from django.db import connection, transaction

from kith.core.storing import put_rows, tell
from kith.search.beside import beside
from kith.search.models import Document
from kith.search.tidying import index_tidy
from kith.search.vocabulary import add_words, words_of
from kith.search.writing import COLUMNS, Row, tell_index

BATCH = 20_000
"""So many documents are told to SQLite's index in the order of their places. Where one stands
before the last that was told, what the index has gathered is written out first."""
GATHERED, USUALLY = 16 << 20, 1 << 20
"""Bytes that SQLite's index gathers before it writes them out, while it is built and else."""


def documents_rebuild(documents: type[Document], portions: Iterable[Sequence[Row]]) -> None:
    """Nobody misses anything meanwhile. On SQLite all is one transaction, and nobody else writes;
    on PostgreSQL what others write is brought along. `portions` are asked for after it began."""
    table = documents._meta.db_table
    if connection.vendor == "postgresql":
        with beside(table) as anew:
            for rows in _batches(portions):
                with transaction.atomic():  # Short, for who adds the same words waits for its end.
                    _store(documents, anew, rows)
        return
    with transaction.atomic():
        _forget(table)
        for rows in _batches(portions):
            _store(documents, table, rows)
            tell_index(table, rows)
        _gather(table, USUALLY)
    index_tidy(documents)


def _store(documents: type[Document], table: str, rows: Sequence[Row]) -> None:
    if documents.vocabulary:
        add_words(documents.vocabulary, words_of(body for _pk, _place, body in rows))
    put_rows(table, COLUMNS, rows)


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
    tell(f'INSERT INTO "{table}_fts" ("{table}_fts") VALUES (\'delete-all\')')
    _gather(table, GATHERED)
    tell(f'DELETE FROM "{table}"')


def _gather(table: str, size: int) -> None:
    tell(f'INSERT INTO "{table}_fts" ("{table}_fts", rank) VALUES (\'hashsize\', %s)', size)
