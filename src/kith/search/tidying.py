"""What the index of words needs now and then.

Words that no document holds any more are forgotten: those of contacts that were erased, or of an
import that was taken back. And what SQLite's full-text index has put beside what there was, at each
transaction, is sorted into it: a search asks every such part in turn, and what was taken out still
takes room in them. Of a million contacts it makes a search up to three times as fast.
"""

from collections.abc import Iterator

from django.db import connection, models, transaction

from kith.core.turns import give_way
from kith.search.beside import leftovers_forget
from kith.search.models import Document, Vocabulary
from kith.search.vocabulary import add_words, words_of

STEP = 2_000
PAGES = 500
"""So many of the index are written at once: a tenth of a second."""
MORE = 2
"""Rows that change while there is something to be done, as SQLite's manual says."""


def index_tidy(documents: type[models.Model]) -> None:
    """In steps, so that others write meanwhile. PostgreSQL does the like by itself."""
    if connection.vendor != "sqlite":
        leftovers_forget(documents._meta.db_table)
        return
    name = f'"{documents._meta.db_table}_fts"'
    connection.ensure_connection()
    with connection.cursor() as cursor:
        while True:
            before = connection.connection.total_changes
            # A negative number: all parts, however large they are already.
            cursor.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', %s)", [-PAGES])
            if connection.connection.total_changes - before < MORE:
                return
            give_way()


def words_tidy(documents: type[models.Model]) -> int:
    """Make the vocabulary what the documents hold; returns how many words went. In steps, so that
    others write meanwhile: a word that one of them just brought back comes in again next time."""
    vocabulary = documents.vocabulary if issubclass(documents, Document) else None
    if vocabulary is None:
        return 0
    known = dict(vocabulary._base_manager.values_list("text", "pk"))
    used: set[str] = set()
    for bodies in _bodies(documents):
        used |= words_of(bodies)
    add_words(vocabulary, used - known.keys())
    gone = sorted(pk for word, pk in known.items() if word not in used)
    _delete(vocabulary, gone)
    return len(gone)


def _bodies(documents: type[models.Model]) -> Iterator[list[str]]:
    last = -1
    while True:
        rows = documents._base_manager.filter(pk__gt=last).order_by("pk")[:STEP]
        portion = list(rows.values_list("pk", "body"))
        if not portion:
            return
        yield [body for _pk, body in portion]
        last = portion[-1][0]


def _delete(vocabulary: type[Vocabulary], ids: list[int]) -> None:
    for at in range(0, len(ids), STEP):
        with transaction.atomic():
            vocabulary._base_manager.filter(pk__in=ids[at : at + STEP])._raw_delete("default")
