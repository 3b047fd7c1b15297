"""The records whose documents answer a query, in the order of their places: the order of names.

SQLite's full-text index is numbered by place, so that it tells the first few at once, however many
there are. PostgreSQL's has no order, but knows for each document which part of the places it stands
in: what stands in the first few parts is gathered and sorted, then what stands in the next ones.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from django.db import connection

from kith.search.engine import about, hits, wording_of
from kith.search.expected import EVERYWHERE, Span, places_of
from kith.search.models import Document
from kith.search.places import GROUP, LARGEST
from kith.search.predicates import full_text, predicate
from kith.search.query import Query
from kith.search.syntax import All, Part

SIZES = (60, 600, 2_400)
"""So many are told at first, then, and after that each time."""
ENOUGH = 280
"""So many matches are worth remembering."""
SHIFT = 53
"""What is left of a place is its part, as PostgreSQL's index has it."""
PARTS = 400
"""More of them take longer to look up than the documents to look at."""

Row = int
"""A place, which ends with the id of the record that stands there."""


class Head(NamedTuple):
    """The first ones in the order of places; `whole` where there are no more."""

    rows: Sequence[Row]
    whole: bool


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
    """So many, where SQLite's index tells them in order, and those whose names begin like the last
    one's. Of PostgreSQL the first portion with enough for a page; it is `expected` to find so many
    in all, where that was asked already."""
    if connection.vendor == "sqlite":
        with closing(in_places(documents, query, sizes=(size,))) as found:
            rows = next(found, [])
        return Head(rows, whole=len(rows) < size)
    rows = []
    for span, some in _gathered_in_spans(documents, wording_of(query), EVERYWHERE, expected):
        rows += some
        if len(rows) >= ENOUGH and span.last < LARGEST:
            return Head(rows, whole=False)
    return Head(rows, whole=True)


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
    found = _gathered_in_spans(documents, wording_of(query), span, backwards=backwards)
    for _span, rows in found:
        yield from rows


def _gathered_in_spans(
    documents: type[Document],
    part: All,
    span: Span,
    expected: int | None = None,
    *,
    backwards: bool = False,
) -> Iterator[tuple[Span, list[Row]]]:
    places = places_of(documents._meta.db_table)
    if expected is None:
        expected = about(documents, part)
    expected = places.among(span, expected)
    for each in places.spans(span, expected, backwards=backwards):
        yield each, _gathered(documents, part, each, backwards=backwards)


def _gathered(documents: type[Document], part: All, span: Span, *, backwards: bool) -> list[Row]:
    """`place + 0`: or PostgreSQL might read all documents that stand there."""
    (sql, params), order = predicate(part, "body", indexed=True), _order(backwards=backwards)
    parts = list(range(span.first >> SHIFT, (span.last >> SHIFT) + 1))
    narrowed = f"ARRAY[place >> {SHIFT}] && %s::bigint[] AND " if len(parts) <= PARTS else ""
    asked = (
        f'SELECT place FROM "{documents._meta.db_table}" '
        f"WHERE {narrowed}place + 0 BETWEEN %s AND %s AND ({sql}) ORDER BY place + 0 {order}"
    )
    return _rows(asked, [*([parts] if narrowed else []), *span, *params])


def _order(*, backwards: bool) -> str:
    return "DESC" if backwards else "ASC"


def _rows(sql: str, params: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [place for (place,) in cursor.fetchall()]
