"""Options, yes or no, users."""

import pytest

from kith.core.kinds import Choice, Choices, Enum, Invalid, User, YesNo
from kith.core.tests.books import india

GENDER = Enum((("male", "Male", ("1", "M")), ("female", "Female", ("2", "F"))))


@pytest.mark.parametrize("raw", ["male", "MALE", "Male", "1", "M", "m", 1, 1.0, " 1 "])
def test_a_built_in_option_by_any_of_its_names(raw: object) -> None:
    assert GENDER.clean(raw, india()) == "male"


def test_a_misspelt_option_is_refused_and_the_near_one_offered() -> None:
    with pytest.raises(Invalid) as refused:
        Choice("type").clean("Custmer", india())
    assert refused.value.code == "unknown-option"
    assert "did you mean Customer?" in str(refused.value.message)
    assert Choice("type").clean("CUSTOMER", india()) == 1


def test_a_list_may_grow() -> None:
    assert Choice("tag", grow=True).clean(" New  one ", india()) == {"new": "New one"}
    assert Choice("tag", grow=True).clean({"new": "vip"}, india()) == 5


def test_an_option_of_another_list_is_none_of_this() -> None:
    with pytest.raises(Invalid):
        Choice("tag").clean(1, india())


def test_numbers_of_a_sheet_are_names_not_ids() -> None:
    sheet = india()
    sheet.from_sheet = True
    assert Choice("tag").clean(2024, sheet) == 8
    with pytest.raises(Invalid):
        Choice("tag").clean(5, sheet)


def test_several_options_in_one_cell() -> None:
    tags = Choices("tag", grow=True)
    assert tags.clean("vip, New, VIP,, new", india()) == [5, {"new": "New"}]
    assert tags.clean("Mutual Funds, Other", india()) == [6]
    assert tags.clean('VIP, "Mutual Funds, Other", "The ""best"""', india()) == [5, 6, 7]
    assert tags.clean([5, "2024", {"new": "x"}], india()) == [5, 8, {"new": "x"}]


@pytest.mark.parametrize(
    ("raw", "expected"), [("Yes", True), ("ja", True), (1, True), ("x", True), ("No", False),
                          (0.0, False), ("FALSE", False), (True, True)],
)  # fmt: skip
def test_yes_or_no(raw: object, expected: bool) -> None:
    assert YesNo().clean(raw, india()) is expected


def test_users_by_email_name_or_code() -> None:
    for raw in ("ANJALI@example.com", "anjali rao", "e01", 1):
        assert User().clean(raw, india()) == 1
    with pytest.raises(Invalid):
        User().clean("nobody", india())
    with pytest.raises(Invalid):
        User().clean(99, india())
