"""What a search finds, where that is much: read in the order of names as the index tells it, until
there is enough for a page."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from kith.contacts.listing.sorting import Cursor
from kith.contacts.models import Contact, ContactDocument
from kith.core.among import among
from kith.search.expected import EVERYWHERE, Span
from kith.search.places import GROUP, group_of, id_at, places_from
from kith.search.stream import SIZES, Head, Row, in_places, portions
from kith.search.syntax import All

MOST = 10_000
"""So many are looked at; what fits so rarely is better found by the other conditions."""
COUNTED = 280
"""So many documents are counted at once: as many as are shown of a number, if a few are hidden."""
NONE = Head((), whole=False)
Named = tuple[str, int]
"""The name that a contact is sorted by, and its id."""


@dataclass(frozen=True, slots=True)
class Stream:
    """The contacts among those whose documents answer. `spans` say where these stand, in order;
    `head` are the first of them all, where these were looked up before."""

    contacts: QuerySet[Contact]
    wording: All
    spans: Sequence[Span] = (EVERYWHERE,)
    head: Head = NONE

    def read(self, start: Cursor | None, limit: int, *, backwards: bool) -> list[Named] | None:
        """The first few behind (or before) a cursor; None where they are too few to go on."""
        found: list[Named] = []
        passed = 0
        for ids in self._ids(start, backwards=backwards):
            names = self._named(ids, backwards=backwards)
            found += [each for each in names if _is_beyond(each, start, backwards=backwards)]
            passed += len(ids)
            if len(found) >= limit:
                return found[:limit]
            if passed >= MOST:
                return None
        return found

    def count(self, most: int) -> tuple[int, bool]:
        """How many there are, counted up to `most`; and whether not so many were looked at that
        counting was given up."""
        count = passed = 0
        if not self.head.whole and not self.head.rows and not patience():
            return 0, False
        for ids in self._to_count():
            count += self.contacts.filter(among("pk", ids)).count()
            passed += len(ids)
            if count >= most or (passed >= patience() and not self.head.whole):
                return min(count, most), count >= most
            if passed >= MOST:
                return count, False
        return count, True

    def _to_count(self) -> Iterator[list[int]]:
        """Also of names that begin alike, however many, only so many at once."""
        for ids in self._ids(None, backwards=False, sizes=(COUNTED,)):
            for at in range(0, len(ids), COUNTED):
                yield ids[at : at + COUNTED]

    def _ids(
        self, start: Cursor | None, *, backwards: bool, sizes: Sequence[int] = SIZES
    ) -> Iterator[list[int]]:
        for rows in self._rows(start, backwards=backwards, sizes=sizes):
            yield list(map(id_at, rows))

    def _rows(
        self, start: Cursor | None, *, backwards: bool, sizes: Sequence[int]
    ) -> Iterator[Sequence[Row]]:
        spans = self.spans[::-1] if backwards else self.spans
        if self.head.whole:
            span = _from(spans[0], start, backwards=backwards)
            rows = [row for row in self.head.rows if span.first <= row <= span.last]
            yield from portions(rows[::-1] if backwards else rows, sizes)
            return
        if self.head.rows and start is None and not backwards:
            yield from portions(self.head.rows, sizes)
            spans = [Span(self.head.rows[-1] + 1, spans[0].last)]
        for span in spans:
            clipped = _from(span, start, backwards=backwards)
            found = in_places(
                ContactDocument, self.wording, clipped, backwards=backwards, sizes=sizes
            )
            with closing(found):
                yield from found

    def _named(self, ids: list[int], *, backwards: bool) -> list[Named]:
        rows = self.contacts.filter(among("pk", ids)).values_list("sort_name", "pk")
        return sorted(rows, reverse=backwards)


def patience() -> int:
    """So many are looked at to be counted, where their end is not known: of PostgreSQL's those
    that were looked at anyway."""
    return 200 if connection.vendor == "sqlite" else 0


def spans_of(heads: Sequence[str]) -> Sequence[Span]:
    """Where the names stand that begin with one of these."""
    spans: list[Span] = []
    for span in sorted(Span(*places_from(head)) for head in heads):
        if spans and span.first <= spans[-1].last:
            spans[-1] = Span(spans[-1].first, max(span.last, spans[-1].last))
        else:
            spans.append(span)
    return spans


def _from(span: Span, start: Cursor | None, *, backwards: bool) -> Span:
    if start is None:
        return span
    group = group_of(start.key)
    if backwards:
        return Span(span.first, min(span.last, group + GROUP - 1))
    return Span(max(span.first, group), span.last)


def _is_beyond(named: Named, start: Cursor | None, *, backwards: bool) -> bool:
    if start is None:
        return True
    here = (start.key, start.id)
    return named < here if backwards else named > here
