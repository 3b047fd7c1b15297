"""Names taken apart and abbreviated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.names import initials, split_name, split_salutation
from kith.core.text import plain


@pytest.mark.parametrize(
    ("text", "given_name", "family"),
    [
        ("Anjali Smithson", "Anjali", "Smithson"),
        ("Ludwig van der Berg", "Ludwig", "van der Berg"),
        ("Rik Van Der Valk", "Rik", "Van Der Valk"),
        ("Maria de la Cruz", "Maria", "de la Cruz"),
        ("Charles De Gaulle", "Charles", "De Gaulle"),
        ("Hans-Peter von Müller", "Hans-Peter", "von Müller"),
        ("Martin King Jr.", "Martin", "King Jr."),
        ("Omar bin Khalid", "Omar", "bin Khalid"),
        ("Nguyễn Văn Minh", "Nguyễn Văn", "Minh"),
        ("Madonna", "Madonna", ""),
        ("Van Tran", "Van", "Tran"),
        ("王伟", "王伟", ""),
    ],
)
def test_given_and_family_name(text: str, given_name: str, family: str) -> None:
    assert split_name(text) == (given_name, family)


@given(st.text(max_size=40))
def test_the_parts_make_the_whole(text: str) -> None:
    assert " ".join(part for part in split_name(text) if part) == plain(text)


@pytest.mark.parametrize(
    ("text", "salutation", "rest"),
    [
        ("M/S HorusTech Solutions Pvt Ltd", "M/S", "HorusTech Solutions Pvt Ltd"),
        ("dr Anjali Rao", "Dr.", "Anjali Rao"),
        ("Prof. Dr. Hans Müller", "Prof. Dr.", "Hans Müller"),
        ("SMT. Leela Rao", "Smt.", "Leela Rao"),
        ("Er. Ravi Rao", "Er.", "Ravi Rao"),
        ("Er Rong", "", "Er Rong"),
        ("ID Fresh Food", "", "ID Fresh Food"),
        ("Mr.", "", "Mr."),
        ("Missy Elliott", "", "Missy Elliott"),
    ],
)
def test_titles_are_taken_off(text: str, salutation: str, rest: str) -> None:
    assert split_salutation(text) == (salutation, rest)


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Anjali Smithson", "person", "AS"),
        ("Dr. Ludwig van der Berg", "person", "LB"),
        ("Martin King Jr.", "person", "MK"),
        ("Madonna", "person", "M"),
        ("M/S HorusTech Solutions Pvt Ltd", "company", "HS"),
        ("The Tea Company", "company", "TC"),
        ("王伟", "person", "王"),
        ("हिमांशु राव", "person", "हिरा"),
        ("???", "person", ""),
    ],
)
def test_initials(text: str, kind: str, expected: str) -> None:
    assert initials(text, kind) == expected
