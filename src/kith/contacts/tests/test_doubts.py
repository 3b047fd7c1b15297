"""Values that contradict each other are kept, and told."""

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
        ({"state": "IN-MH", "country": "IN"}, {"country": "NO"}, ["state-of-another-country"]),
        ({"state": "IN-MH", "country": "NO"}, {"state": "NO-03"}, []),
        ({"state": "As typed", "country": "IN"}, {"country": "NO"}, []),
        ({"state": "IN-MH"}, {"country": None}, []),
    ],
)
def test_what_cannot_be(before: dict, values: dict, codes: list[str]) -> None:
    assert [each.code for each in doubts(before, values)] == codes
