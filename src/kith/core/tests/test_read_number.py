"""Amounts and whole numbers as people of several countries write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.kinds import Context, Integer, Invalid, Money, Number, Stars
from kith.core.tests.books import india

MONEY = Money()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("9,00,000", "900000"), ("900000.0", "900000"), ("₹ 9,00,000", "900000"),
        (900000.0, "900000"), (900000, "900000"), (0.1 + 0.2, "0.3"), ("1,234.50", "1234.5"),
        ("1.234,50", "1234.5"), ("1 234,50", "1234.5"), ("1'234.50", "1234.5"), ("12,5", "12.5"),
        ("9 lakh", "900000"), ("1.5 crore", "15000000"), ("Rs. 500/-", "500"), ("INR 500", "500"),
        ("(500)", "-500"), ("500-", "-500"), ("−5", "-5"), ("९००", "900"), ("٩٠٠٫٥", "900.5"),
        ("1.234.567", "1234567"), ("-0", "0"), ("12.345", "12.34"), (Decimal("1E+3"), "1000"),
    ],
)  # fmt: skip
def test_amounts_are_read(raw: object, expected: str) -> None:
    assert MONEY.clean(raw, india()) == expected


@pytest.mark.parametrize("raw", ["abc", "1,2,3", "12,34,5", "1e5000", "NaN", "--5", True, 10**17])
def test_what_is_no_amount_is_refused(raw: object) -> None:
    with pytest.raises(Invalid):
        MONEY.clean(raw, india())


def test_a_dot_groups_thousands_where_people_write_so() -> None:
    context = Context(default_country="DE")
    assert MONEY.clean("1.234", context) == "1234"
    assert [caution.code for caution in context.cautions] == ["number-ambiguous"]


def test_amounts_are_shown_in_the_countrys_groups() -> None:
    assert MONEY.show("1234567.5", india()) == "12,34,567.50"
    assert MONEY.show("-1234567", Context(default_country="NO")) == "-1,234,567"


@given(st.decimals(min_value=-(10**15), max_value=10**15, places=2))
def test_what_is_shown_exported_or_stored_is_read_again(amount: Decimal) -> None:
    value = MONEY.clean(amount, india())
    forms = (MONEY.show(value, india()), MONEY.export(value, india()), MONEY.to_db(value))
    assert [MONEY.clean(form, india()) for form in forms] == [value] * 3


def test_a_percentage_is_a_plain_number_too_and_says_so() -> None:
    context = india()
    assert Number().clean("12.5%", context) == "12.5"
    assert Integer().clean("12 %", context) == 12
    assert [caution.code for caution in context.cautions] == ["percent-left-out"] * 2
    for kind in (Number(), Integer(), MONEY):
        with pytest.raises(Invalid):
            kind.clean("%" if kind is not MONEY else "5%", india()) or kind.clean("x%", india())


def test_whole_numbers_have_limits() -> None:
    assert Integer(0, 10).clean("7.0", india()) == 7
    for raw in ("7.5", "11", -1):
        with pytest.raises(Invalid):
            Integer(0, 10).clean(raw, india())


def test_stars_may_be_drawn() -> None:
    assert Stars().clean("★★★", india()) == 3
    assert Stars().clean("☆☆", india()) == 0
