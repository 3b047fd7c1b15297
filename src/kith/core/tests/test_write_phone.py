"""Numbers are written as the library writes them."""

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat

from kith.core.kinds.phone import phone_text

REGIONS = ("IN", "NO", "US", "GB", "DE", "IT", "FR", "BR", "AR", "MX", "CN", "AE", "SG", "KE", "CI")
ODD = (
    "+910000000000", "+919", "+39000", "+390612345678", "+9198250;ext=12", "+47", "+8001234567",
    "+979123456789", "+91982501111122222", "+918012345678;ext=7", "+12",
)  # fmt: skip


@pytest.mark.parametrize("region", REGIONS)
def test_every_kind_of_number_is_written_as_the_library_does(region: str) -> None:
    for kind in range(11):
        number = phonenumbers.example_number_for_type(region, kind)
        if number is None:
            continue
        value = phonenumbers.format_number(number, PhoneNumberFormat.E164)
        home = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
        abroad = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
        assert (phone_text(value, region), phone_text(value)) == (home, abroad)
        number.extension = "12"
        said = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
        assert phone_text(f"{value};ext=12") == said


@pytest.mark.parametrize("value", ODD)
def test_any_digits_are_written_somehow(value: str) -> None:
    written = phone_text(value, "IN")
    digits = [each for each in value if each.isdigit()]
    assert "".join(digits).endswith("".join(filter(str.isdigit, written)).lstrip("0"))
