"""A number is what its format shows: codes keep their zeros, shares their sign."""

import pytest

from kith.transfer.reading.numbers import plain_number, show_for


@pytest.mark.parametrize(
    ("code", "value", "shown"),
    [
        ("General", 6710.0, 6710),
        ("#,##0.00", 6710.5, 6710.5),
        ("000000", 6710.0, "006710"),
        ("[Red]00000;-00000", 42, "00042"),
        ("00000-0000", 123456789, "12345-6789"),
        (r"000\-00\-0000", 12003456, "012-00-3456"),
        ('"EMP"0000', 12, "EMP0012"),
        ('"+91 "00000-00000', 9327058088, "+91 93270-58088"),
        (r"\+00 00000 00000", 919327058088, "+91 93270 58088"),
        ('0000 "(home)"', 12, "0012 (home)"),
        ('0" kg"', 12, 12),
        ('"Rs. "#,##0', 500, 500),
        ("0%", 0.05, "5%"),
        ("0.00%", 0.175, "17.5%"),
        ('0"%"', 5, 5),
        ("yyyy-mm-dd", 45000, {"d": "2023-03-15"}),
    ],
)
def test_a_number_is_what_its_format_shows(code: str, value: float, shown: object) -> None:
    show = show_for(164, code, is_1904=False)
    assert (show or plain_number)(value) == shown


def test_the_built_in_shares() -> None:
    shows = [show_for(number, "", is_1904=False) for number in (9, 10)]
    assert [show and show(0.5) for show in shows] == ["50%", "50%"]
