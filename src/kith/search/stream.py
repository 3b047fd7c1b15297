"""The records whose documents answer a query, in the order of their places: the order of names.

SQLite's full-text index is numbered by place, so that it tells the first few at once, however many
there are. PostgreSQL's has no order, but knows for each document which part of the places it stands
in: what stands in the first few parts is gathered and sorted, then what stands in the next ones.
"""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from kith.core.prepared import known_cursor
from kith.search.engine import about, among_ids, found_in_steps, gathered, hits, wording_of
from kith.search.expected import EVERYWHERE, Span, places_of
from kith.search.levels import IN_INDEX, parts_of
from kith.search.models import Document
from kith.search.places import GROUP, LARGEST, id_at
from kith.search.predicates import TRIGRAM, full_text, predicate
from kith.search.query import Query
from kith.search.syntax import All, Part, Word, within

SIZES = (60, 600, 2_400)
"""So many are told at first, then, and after that each time."""
ENOUGH = 280
"""So many matches are worth remembering."""
FEW, COMMON, COMMON_PAIR = 1_000, 8, 16
"""So few documents are looked at in turn, and any number where one of so many answers."""
BOUNDS = "%s::bigint AND %s::bigint"

Asked = tuple[str, list[Any]]
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
        expected = about(documents, part) if places.bounds else 0
    expected = places.among(span, expected)
    common = _is_common(part, expected, places.there(span))
    for each in places.spans(span, expected, backwards=backwards):
        walked = places.bounds and (common or places.there(each) < FEW)
        asked, params = (_by_place if walked else _by_index)(documents, part, each)
        yield each, _places(asked, params, backwards=backwards)


def _is_common(part: All, expected: int, there: float) -> bool:
    """Whether so many of the documents answer that to look at each in turn takes less time than to
    look up and sort those that do. A pair of letters is looked up as every trigram it begins."""
    pairs = any(isinstance(each, Word) and len(each.text) < TRIGRAM for each in within(part))
    return expected * (COMMON_PAIR if pairs else COMMON) > there


def _by_place(documents: type[Document], part: All, span: Span) -> Asked:
    """`OFFSET 0`: or PostgreSQL might look up the words all the same."""
    sql, params = predicate(part, "body")
    there = f'SELECT place, body FROM "{documents._meta.db_table}" WHERE place BETWEEN {BOUNDS}'
    return f"SELECT place FROM ({there} OFFSET 0) AS there WHERE {sql}", [*map(str, span), *params]


def _by_index(documents: type[Document], part: All, span: Span) -> Asked:
    """`place + 0`: or PostgreSQL might read all documents that stand there."""
    sql, params = predicate(part, "body", indexed=True)
    narrowed: list[Any] = [*params]
    if parts := parts_of(span):
        sql = f"({sql}) AND {IN_INDEX} && %s::bigint[]"
        narrowed.append(parts)
    asked = f'SELECT place FROM "{documents._meta.db_table}" WHERE ({sql})'
    return f"{asked} AND place + 0 BETWEEN {BOUNDS}", [*narrowed, *map(str, span)]


def _places(asked: str, params: list[Any], *, backwards: bool) -> list[Row]:
    """Planned once for all texts that are asked for alike: to weigh each anew takes longer than to
    find it."""
    with known_cursor() as cursor:
        cursor.execute(f"{asked} ORDER BY place + 0 {_order(backwards=backwards)}", params)
        return [place for (place,) in cursor.fetchall()]


def _order(*, backwards: bool) -> str:
    return "DESC" if backwards else "ASC"


def is_there(records: QuerySet[Any], documents: type[Document], query: Query | Part) -> bool:
    """Whether any of these records answers. Mostly one of the first documents found is theirs."""
    if not wording_of(query).parts:
        return records.exists()
    if connection.vendor == "sqlite":
        found = found_in_steps(documents, query)
        return any(records.filter(among_ids(ids)).exists() for ids in found)
    rows, whole = head_of(documents, query, ENOUGH)
    if rows and records.filter(among_ids(list(map(id_at, rows)))).exists():
        return True
    return not whole and records.filter(gathered(documents, query)).exists()
