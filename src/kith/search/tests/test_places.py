"""Places stand in the order of names, whatever these are made of."""

from hypothesis import given
from hypothesis import strategies as st

from kith.search.places import LARGEST, group_of, place_of, places_from

NAMES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=30)


@given(NAMES, NAMES)
def test_places_stand_in_the_order_of_names(one: str, other: str) -> None:
    one, other = sorted((one, other))
    assert 0 <= group_of(one) <= group_of(other) <= LARGEST
    first, last = places_from(one)
    assert first <= place_of(one + other, 7) <= last


def test_names_that_begin_alike_are_told_apart_by_their_numbers() -> None:
    assert place_of("anna lindholm-berg", 8) - place_of("anna lindholm-aas", 7) == 1
    assert place_of("anna", 9) < place_of("annb", 1)
    assert place_of("ø" * 50, 1) < place_of("ø" * 50, 2) <= LARGEST
