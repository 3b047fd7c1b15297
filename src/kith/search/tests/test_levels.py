"""The parts that a span is asked for as hold each of its places, and are few."""

import random

import pytest

from kith.search.expected import EVERYWHERE, Span
from kith.search.levels import LEVELS, MOST, SMALLEST, parts_of
from kith.search.places import LARGEST


@pytest.mark.parametrize("seed", range(5))
def test_a_span_is_a_few_parts(seed: int) -> None:
    rnd = random.Random(seed)
    for _ in range(100):
        first = rnd.randrange(LARGEST)
        last = min(first + rnd.randrange(MOST - 1 << SMALLEST), LARGEST)
        parts = set(parts_of(Span(first, last)))
        assert 0 < len(parts) < 45
        for place in (first, last, rnd.randint(first, last)):
            assert len(parts & parts_at(place)) == 1
        for beside in (first - (1 << SMALLEST), last + (1 << SMALLEST)):
            assert not 0 <= beside <= LARGEST or not parts & parts_at(beside)


def parts_at(place: int) -> set[int]:
    """As the index has them."""
    return {begin + (place >> shift) for shift, begin in LEVELS}


def test_nearly_all_places_are_not_asked_for_by_their_parts() -> None:
    assert parts_of(EVERYWHERE) == []
