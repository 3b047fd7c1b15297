"""Where so many answers to a query may be expected, and how many, by what PostgreSQL knows of a
table: it keeps places that cut the documents into parts of one size, and documents likewise. They
only say how much to ask for at once."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import NamedTuple

from django.db import connection

from kith.search.places import GROUP, LARGEST
from kith.search.sample import Sample

SIZES = (600, 1_200, 5_000, 20_000, 60_000)
"""So many answers are to be found at once, first and then; behind these all that are left."""
SECONDS = 600
KNOWN = """
SELECT reltuples, place.histogram_bounds::text::bigint[], body.histogram_bounds::text::text[]
FROM pg_class
LEFT JOIN pg_stats place ON place.schemaname = relnamespace::regnamespace::text
    AND place.tablename = relname AND place.attname = 'place'
LEFT JOIN pg_stats body ON body.schemaname = relnamespace::regnamespace::text
    AND body.tablename = relname AND body.attname = 'body'
WHERE pg_class.oid = %s::regclass
"""

UNKNOWN = Sample()

_remembered: dict[str, tuple["Places", float]] = {}


class Span(NamedTuple):
    first: int = 0
    last: int = LARGEST


EVERYWHERE = Span()


@dataclass(frozen=True, slots=True)
class Places:
    """`bounds` cut `documents` into parts of one size; none where that is not known."""

    documents: float
    bounds: tuple[int, ...]
    sample: Sample = UNKNOWN

    def spans(self, span: Span, expected: int, *, backwards: bool) -> Iterator[Span]:
        """Side by side, each so large that about as many as SIZES say of the `expected` stand
        there; names that begin alike in one. Whoever finds enough asks for no more."""
        first, last = self._at(span.first), self._at(span.last)
        for size in SIZES:
            share = (last - first) * size / max(expected, 1)
            edge = self._place(last - share if backwards else first + share)
            if not self.bounds or expected <= size or not span.first <= edge < span.last:
                break
            near = Span(span.first, edge)
            far = Span(edge + 1, span.last)
            yield far if backwards else near
            span, expected = near if backwards else far, expected - size
            first, last = self._at(span.first), self._at(span.last)
        yield span

    def among(self, span: Span, found: int) -> int:
        """How many may be expected there of so many that are found in all. Names that begin with a
        word hold it: where they stand, it is as common as can be."""
        share = self._at(span.last) - self._at(span.first)
        if span.first > EVERYWHERE.first and span.last < EVERYWHERE.last:
            return min(found, int(self.documents * share))
        return found if span == EVERYWHERE else int(found * share)

    def there(self, span: Span) -> float:
        """How many documents stand there."""
        return self.documents * (self._at(span.last) - self._at(span.first))

    def _at(self, place: int) -> float:
        """Which share of all stands before a place."""
        edge = bisect_right(self.bounds, place)
        if not 0 < edge < len(self.bounds):
            return float(edge > 0)
        low, high = self.bounds[edge - 1 : edge + 1]
        return (edge - 1 + (place - low) / (high - low)) / (len(self.bounds) - 1)

    def _place(self, share: float) -> int:
        """The last of the names that begin alike where such a share has been passed."""
        if len(self.bounds) < 2:
            return LARGEST
        at = min(max(share, 0.0), 1.0) * (len(self.bounds) - 1)
        edge = min(int(at), len(self.bounds) - 2)
        low, high = self.bounds[edge : edge + 2]
        return (low + int((high - low) * (at - edge))) // GROUP * GROUP + GROUP - 1


def places_of(table: str) -> Places:
    """Remembered for a while: it is no matter if it is not quite so any more."""
    key = f"{connection.settings_dict['NAME']} {table}"
    found, until = _remembered.get(key, (Places(0, ()), 0.0))
    if until < monotonic():
        found = _known(table)
        _remembered[key] = (found, monotonic() + SECONDS)
    return found


def _known(table: str) -> Places:
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [f'"{table}"'])
        documents, bounds, bodies = cursor.fetchone()
    return Places(max(documents, 0.0), tuple(bounds or ()), Sample(tuple(bodies or ())))
