"""A person's full name and its parts are kept in step."""

import pytest

from kith.contacts.settling import settle

MINH = {"kind": "person", "name": "Trần Minh", "given_name": "Minh", "family_name": "Trần"}
ANJALI = {"kind": "person", "name": "Anjali Rao", "given_name": "Anjali", "family_name": "Rao"}


@pytest.mark.parametrize(
    ("before", "values", "name", "given_name", "family_name"),
    [
        ({}, {"name": "Ludwig van der Berg"}, "Ludwig van der Berg", "Ludwig", "van der Berg"),
        ({}, {"given_name": "Anjali", "family_name": "Rao"}, "Anjali Rao", "Anjali", "Rao"),
        ({}, MINH, "Trần Minh", "Minh", "Trần"),
        (MINH, {"given_name": "Hùng"}, "Trần Hùng", "Hùng", "Trần"),
        (MINH, MINH | {"given_name": "Hùng"}, "Trần Hùng", "Hùng", "Trần"),
        (ANJALI, {"family_name": "Iyer"}, "Anjali Iyer", "Anjali", "Iyer"),
        (ANJALI, {"name": "Anjali Iyer"}, "Anjali Iyer", "Anjali", "Iyer"),
    ],
)
def test_name_and_parts(
    before: dict[str, str], values: dict[str, str], name: str, given_name: str, family_name: str
) -> None:
    settled, problems = settle(before, values)
    state = before | settled
    assert not problems
    assert (state["name"], state["given_name"], state["family_name"]) == (
        name, given_name, family_name,
    )  # fmt: skip


def test_two_long_parts_make_no_name_that_is_longer_than_its_column() -> None:
    _values, problems = settle({}, {"given_name": "A" * 150, "family_name": "B" * 150})
    assert [(each.field, each.code) for each in problems] == [("name", "too-long")]


def test_a_name_of_one_word_leaves_the_other_part_blank_as_it_is_stored() -> None:
    """An empty text would be told apart from it, and an undo would take that for a change."""
    values, _problems = settle({"name": "Anjali", "given_name": "Anjali"}, {"name": "Anja"})
    assert (values["given_name"], values["family_name"]) == ("Anja", None)
