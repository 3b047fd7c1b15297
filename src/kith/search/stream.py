"""The records whose documents answer a query, in the order of their places: the order of names.

SQLite's full-text index is numbered by place, so that it tells the first few at once, however many
there are. PostgreSQL's is not: of what is common the documents are walked along in order, of what
is rarer all are gathered and sorted.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from django.db import connection

from kith.search.engine import about, hits, wording_of
from kith.search.models import Document
from kith.search.places import GROUP, LARGEST
from kith.search.predicates import full_text, predicate
from kith.search.query import Query
from kith.search.syntax import Part, Pattern, Phrase, Similar, Word, within

SIZES = (60, 600, 2_400)
"""So many are told at first, then, and after that each time."""
FIRST_STEPS, STEPS = 10_000, 40_000
"""So many documents PostgreSQL walks past at first, and before it gathers."""
GATHERED = {Word: 20_000, Similar: 14_000, Phrase: 10_000, Pattern: 9_000}
"""Up to about so many it gathers at once, which takes some twenty milliseconds."""

Row = int
"""A place, which ends with the id of the record that stands there."""


class Head(NamedTuple):
    """The first ones in the order of places; `whole` where there are no more."""

    rows: Sequence[Row]
    whole: bool


class Span(NamedTuple):
    first: int = 0
    last: int = LARGEST


EVERYWHERE = Span()


def can_stream(query: Query | Part) -> bool:
    """Whether the index of all words can tell: of a single letter it can't."""
    return connection.vendor == "postgresql" or bool(full_text(wording_of(query))[0])


def in_places(
    documents: type[Document],
    query: Query | Part,
    span: Span = EVERYWHERE,
    *,
    backwards: bool = False,
    sizes: Sequence[int] = SIZES,
) -> Generator[list[Row], None, None]:
    """Portion by portion; `backwards`: from the end."""
    rows = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    yield from portions(rows(documents, query, span, backwards=backwards), sizes)


def portions(rows: Iterable[Row], sizes: Sequence[int] = SIZES) -> Iterator[list[Row]]:
    """Names that begin alike are in the same one, in no order."""
    size, portion = 0, list[Row]()
    for place in rows:
        full = len(portion) >= sizes[min(size, len(sizes) - 1)]
        if full and place // GROUP != portion[-1] // GROUP:
            yield portion
            size, portion = size + 1, []
        portion.append(place)
    if portion:
        yield portion


def head_of(
    documents: type[Document], query: Query | Part, size: int, expected: int | None = None
) -> Head:
    """So many, where the index tells them in order, and those whose names begin like the last
    one's. Of PostgreSQL all, or those that stand among the first few thousand documents; it is
    `expected` to find so many, where that was asked already."""
    if connection.vendor == "sqlite":
        with closing(in_places(documents, query, sizes=(size,))) as found:
            rows = next(found, [])
        return Head(rows, whole=len(rows) < size)
    part = wording_of(query)
    expected = about(documents, part) if expected is None else expected
    if expected <= _most_gathered(part):
        return Head(_gathered(documents, part, EVERYWHERE, backwards=False), whole=True)
    rows = _walked(documents, part, EVERYWHERE, size, FIRST_STEPS, backwards=False)
    last = rows[-1] // GROUP if rows else 0
    return Head([place for place in rows if place // GROUP < last], whole=False)


def _on_sqlite(
    documents: type[Document], query: Query | Part, span: Span, *, backwards: bool
) -> Iterator[Row]:
    sql, params = hits(documents, wording_of(query))
    params += span
    sql = f"SELECT hit.rowid FROM {sql} AND hit.rowid BETWEEN %s AND %s"
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} ORDER BY hit.rowid {_order(backwards=backwards)}", params)
        while rows := cursor.fetchmany(SIZES[0]):
            yield from (place for (place,) in rows)


def _on_postgresql(
    documents: type[Document], query: Query | Part, span: Span, *, backwards: bool
) -> Iterator[Row]:
    part = wording_of(query)
    # What has a beginning was walked past as far as that.
    times = 1 if span == EVERYWHERE else 2
    if about(documents, part) > times * _most_gathered(part):
        for size in (*SIZES, *[SIZES[-1]] * (STEPS // SIZES[-1])):
            walked, rows = span, _walked(documents, part, span, size, STEPS, backwards=backwards)
            yield from rows
            if rows:
                span = _behind(rows[-1], span, backwards=backwards)
            if len(rows) < size:
                break
        if _is_walked_through(documents, walked):
            return
    yield from _gathered(documents, part, span, backwards=backwards)


def _most_gathered(part: Part) -> int:
    return min((GATHERED.get(type(each), GATHERED[Word]) for each in within(part)), default=0)


def _walked(
    documents: type[Document],
    part: Part,
    span: Span,
    size: int,
    steps: int,
    *,
    backwards: bool,
) -> list[Row]:
    """Those among the next few thousand documents. Of a list that ends somewhere, PostgreSQL can't
    ask the other index first."""
    sql, params = predicate(part, "body")
    walk = (
        f'SELECT place, body FROM "{documents._meta.db_table}" '
        f"WHERE place BETWEEN %s AND %s ORDER BY place {_order(backwards=backwards)} LIMIT {steps}"
    )
    asked = f"SELECT place FROM ({walk}) AS walked WHERE {sql} LIMIT {size}"
    return _rows(asked, [*span, *params])


def _is_walked_through(documents: type[Document], span: Span) -> bool:
    """Whether there is nothing behind so many steps."""
    asked = f'SELECT 1 FROM "{documents._meta.db_table}" WHERE place BETWEEN %s AND %s'
    return not _rows(f"{asked} ORDER BY place OFFSET {STEPS} LIMIT 1", list(span))


def _behind(place: int, span: Span, *, backwards: bool) -> Span:
    return Span(span.first, place - 1) if backwards else Span(place + 1, span.last)


def _gathered(documents: type[Document], part: Part, span: Span, *, backwards: bool) -> list[Row]:
    (sql, params), order = predicate(part, "body", indexed=True), _order(backwards=backwards)
    asked = (
        f'SELECT place FROM "{documents._meta.db_table}" '
        f"WHERE place + 0 BETWEEN %s AND %s AND ({sql}) ORDER BY place + 0 {order}"
    )
    return _rows(asked, [*span, *params])


def _order(*, backwards: bool) -> str:
    return "DESC" if backwards else "ASC"


def _rows(sql: str, params: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [place for (place,) in cursor.fetchall()]
