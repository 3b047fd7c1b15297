"""Ids come back as they went, and a great many take little room."""

from hypothesis import given
from hypothesis import strategies as st

from kith.core.packed_ids import pack_ids, unpack_ids


@given(st.lists(st.integers(min_value=0, max_value=2**63 - 1)))
def test_ids_come_back_in_order_each_once(ids: list[int]) -> None:
    assert unpack_ids(pack_ids(ids)) == sorted(set(ids))


def test_a_hundred_thousand_ids_take_little_room() -> None:
    assert len(pack_ids(range(7, 100_007))) < 1_000
    assert len(pack_ids(each for each in range(200_000) if each * each % 7 < 3)) < 100_000
