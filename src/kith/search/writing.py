"""Puts documents into the index and takes them out, as sets, on both databases.

On SQLite the full-text table keeps no text of its own, so each change is told to it here. A
trigger would do that too, but makes it write its pages anew for every row: more than twice the
time of an import's whole index.
"""

from collections.abc import Mapping, Sequence

import orjson
from django.db import connection, models

from kith.core.storing import put_rows, tell
from kith.search.models import Document
from kith.search.vocabulary import add_words, words_of

MANY = 500
COLUMNS = ("record_id", "place", "body")
Row = tuple[int, int, str]


def add_documents(documents: type[models.Model], rows: Sequence[Row]) -> None:
    """Rows are (record id, place, body), of records that have no document."""
    if not rows:
        return
    if issubclass(documents, Document) and documents.vocabulary:
        add_words(documents.vocabulary, words_of(body for _pk, _place, body in rows))
    table = documents._meta.db_table
    if connection.vendor == "postgresql" and len(rows) >= MANY:
        # Trigrams wait in a list until it is full, and are sorted in together then.
        tell("SET LOCAL gin_pending_list_limit = '16MB'")
    put_rows(table, COLUMNS, rows)
    if connection.vendor == "sqlite":
        tell_index(table, rows)


def tell_index(table: str, rows: Sequence[Row]) -> None:
    """One statement: at the end of each one, what it has indexed is written to pages of its own;
    and in order, or it is written before each that stands in front of the last."""
    told = sorted(row[1:] for row in rows)
    tell(
        f'INSERT INTO "{table}_fts" (rowid, body) '
        "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(%s)",
        orjson.dumps(told).decode(),
    )


def remove_documents(documents: type[models.Model], ids: Sequence[int]) -> None:
    """Ids without a document are passed over."""
    if not ids:
        return
    table = documents._meta.db_table
    if connection.vendor == "sqlite":
        marks = ", ".join(["%s"] * len(ids))
        with connection.cursor() as cursor:
            cursor.execute(
                f'INSERT INTO "{table}_fts" ("{table}_fts", rowid, body) '
                f"SELECT 'delete', place, body FROM \"{table}\" WHERE record_id IN ({marks}) "
                "ORDER BY place",
                list(ids),
            )
    documents._base_manager.filter(pk__in=ids)._raw_delete("default")


def documents_saying(documents: type[models.Model], told: Mapping[int, str]) -> set[int]:
    """Those of these records whose documents hold the text that is given for each."""
    if not told:
        return set()
    table = documents._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT record_id FROM unnest(%s::bigint[], %s::text[]) AS told (pk, said) "
                f'JOIN "{table}" ON record_id = told.pk WHERE strpos(body, told.said) > 0',
                [list(told), list(told.values())],
            )
        else:
            cursor.execute(
                "WITH told AS MATERIALIZED (SELECT json_extract(value, '$[0]') AS pk, "
                "json_extract(value, '$[1]') AS said FROM json_each(%s)) "
                f'SELECT record_id FROM told CROSS JOIN "{table}" ON record_id = told.pk '
                "WHERE instr(body, told.said) > 0",
                [orjson.dumps(list(told.items())).decode()],
            )
        return {pk for (pk,) in cursor.fetchall()}
