"""Wildcards in a query, as a regular expression."""

import re

import pytest
from django.db import connection

from kith.search.predicates import regular
from kith.search.syntax import Pattern

LONG_RUN = f" {'a' * 5_000} "


@pytest.mark.parametrize(
    ("pattern", "body", "fits"),
    [
        ("a*n*i", " anjali ", True),
        ("a*l*n", " anjali ", False),
        ("*j*l*", " anjali ", True),
        ("a*j*i", " a j i ", False),
        ("b*b?*b", " babab-b ", True),
        ("b?b*b*b", " abb ", False),
    ],
)
def test_stars_stay_within_a_word(pattern: str, body: str, fits: bool) -> None:
    assert bool(re.search(regular(Pattern(pattern)), body)) is fits


def test_many_stars_over_one_long_run_take_no_time() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("read by PostgreSQL's own engine, which does not go back")
    for pattern in ("a*a*a*a*b", "*a*a*a*a*a*a*a*a*b"):
        assert not re.search(regular(Pattern(pattern)), LONG_RUN)
