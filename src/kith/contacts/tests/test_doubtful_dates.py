"""Dates that cannot be are kept, and told."""

import pytest

from kith.contacts.doubts import doubts


@pytest.mark.parametrize(
    ("before", "values", "codes"),
    [
        ({}, {"birth_date": "1980-09-25"}, []),
        ({}, {"birth_date": "2999-01-01"}, ["date-to-come"]),
        ({}, {"birth_date": "1980-09-25", "death_date": "1979-01-01"}, ["death-before-birth"]),
        ({"birth_date": "1980-09-25"}, {"death_date": "1979-01-01"}, ["death-before-birth"]),
        ({"birth_date": "1980-09-25"}, {"death_date": None}, []),
        ({"birth_date": "2999-01-01"}, {"name": "Anjali"}, []),
    ],
)
def test_dates_that_cannot_be(before: dict, values: dict, codes: list[str]) -> None:
    assert [each.code for each in doubts(before, values)] == codes
