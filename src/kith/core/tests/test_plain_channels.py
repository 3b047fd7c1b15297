"""The short way through a plainly written address gives what the long way gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.kinds import Email, Phone, Url
from kith.core.kinds.kind import Context, Invalid

CONTEXT = Context(default_country="IN")
TEXTS = st.one_of(
    st.from_regex(r"[a-z.+-]{1,9}@[A-Za-z.-]{1,12}\.[a-z]{1,4}", fullmatch=True),
    st.from_regex(r"[+(]?[0-9 ().-]{5,16}", fullmatch=True),
    st.from_regex(r"(www\.)?[a-z0-9-]{1,9}\.[a-z]{2,4}[/.,]?", fullmatch=True),
    st.text("0123456789+-. ()/,;@aZé:", max_size=16),
)


@pytest.mark.parametrize("kind", [Email(), Phone(), Url()], ids=lambda kind: kind.widget)
@given(text=TEXTS)
def test_both_ways_agree(kind, text: str) -> None:
    value = kind.plainly(text, CONTEXT)
    if value is None:
        return
    try:
        long_way = kind._entries(text, CONTEXT)
    except Invalid:
        long_way = []
    assert kind.clean(text, CONTEXT) == long_way
