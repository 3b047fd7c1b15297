"""Spans that PostgreSQL is asked for one after the other hold every place once."""

from itertools import pairwise

import pytest

from kith.search.expected import EVERYWHERE, SIZES, Places, Span
from kith.search.places import GROUP, LARGEST

BOUNDS = tuple(n * n * GROUP for n in range(1, 101))
KNOWN = Places(100_000, BOUNDS)


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("places", [KNOWN, Places(0, ()), Places(10, (5,))])
@pytest.mark.parametrize("span", [EVERYWHERE, Span(7 * GROUP, 90 * GROUP), Span(3, 3)])
def test_no_place_is_left_out(places: Places, span: Span, *, backwards: bool) -> None:
    for expected in (0, 1, 2_000, 100_000, 10**9):
        spans = list(places.spans(span, expected, backwards=backwards))
        ordered = spans[::-1] if backwards else spans
        assert (ordered[0].first, ordered[-1].last) == span
        for one, other in pairwise(ordered):
            assert other.first == one.last + 1
            assert other.first % GROUP == 0  # Names that begin alike stay together.


def test_the_first_span_holds_about_as_many_as_a_page_needs() -> None:
    first = next(KNOWN.spans(EVERYWHERE, 30_000, backwards=False))
    assert first.last < BOUNDS[4]
    assert SIZES[0] / 2 < KNOWN.among(first, 30_000) < SIZES[0] * 2
    last = next(KNOWN.spans(EVERYWHERE, 30_000, backwards=True))
    assert last.last == LARGEST
    assert SIZES[0] / 2 < KNOWN.among(last, 30_000) < SIZES[0] * 2
    assert list(KNOWN.spans(EVERYWHERE, SIZES[0], backwards=False)) == [EVERYWHERE]
    begins = Span(BOUNDS[10], BOUNDS[12])
    assert KNOWN.among(begins, 30_000) == pytest.approx(100_000 * 2 / 99, abs=2)
    assert KNOWN.among(begins, 300) == 300
    assert KNOWN.among(Span(BOUNDS[49], LARGEST), 1_000) == pytest.approx(505, abs=2)
