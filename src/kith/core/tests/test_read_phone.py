"""Phones: what people and spreadsheets write, and that the short way equals the library."""

import phonenumbers
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kith.core.kinds import Context, Invalid, Phone, phone_key, phone_text, values_of
from kith.core.kinds.phone_rules import plain_number
from kith.core.tests.books import india

PHONE = Phone()
REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (9327058088, ["+919327058088"]),
        (9327058088.0, ["+919327058088"]),
        ("9.327058088E9", ["+919327058088"]),
        ("9327058088.0", ["+919327058088"]),
        ("'9327058088", ["+919327058088"]),
        ("07926862513", ["+917926862513"]),
        ("(079) 2686-2513", ["+917926862513"]),
        ("+91 93270 58088", ["+919327058088"]),
        ("0091-93270.58088", ["+919327058088"]),
        ("919327058088", ["+919327058088"]),
        ("Mob: 9327058088", ["+919327058088"]),
        ("+47 22 33 44 55 ext 12", ["+4722334455;ext=12"]),
        ("+4722334455;ext=12", ["+4722334455;ext=12"]),
        ("9327058088, 9327058089;9327058090\n9327058091",
         ["+919327058088", "+919327058089", "+919327058090", "+919327058091"]),
        ("9327058088 / 9327058089", ["+919327058088", "+919327058089"]),
        ("9327058088, +91 9327058088", ["+919327058088"]),
        ("९३२७०५८०८८", ["+919327058088"]),
        ([9327058088, None, "", "9327058089"], ["+919327058088", "+919327058089"]),
        ({"value": "+4740624158", "text": "406 24 158", "label": "work"}, ["+4740624158"]),
    ],
)  # fmt: skip
def test_what_is_written_becomes_e164(raw: object, expected: list[str]) -> None:
    assert values_of(PHONE.clean(raw, india())) == expected


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("call me", "phone-unreadable"),
        ("9327058088 Ravi", "phone-unreadable"),
        ("12345", "phone-too-short"),
        ("9327058088123456", "phone-too-long"),
        ("9.33E+09", "phone-shortened"),
        (True, "phone-unreadable"),
        ({"no": "phone"}, None),
    ],
)
def test_what_is_no_phone_is_refused(raw: object, code: str | None) -> None:
    if code is None:
        assert PHONE.clean(raw, india()) == []
        return
    with pytest.raises(Invalid) as refused:
        PHONE.clean(raw, india())
    assert refused.value.code == code


def test_without_any_country_the_code_must_be_written() -> None:
    with pytest.raises(Invalid) as refused:
        PHONE.clean("9327058088", Context())
    assert refused.value.code == "phone-country"
    assert values_of(PHONE.clean("+91 9327058088", Context())) == ["+919327058088"]


def test_the_rows_own_country_counts_before_the_default_one() -> None:
    assert values_of(PHONE.clean(40624158.0, india(country="NO"))) == ["+4740624158"]


def test_a_possible_but_unassigned_number_is_kept_with_a_caution() -> None:
    context = india()
    assert values_of(PHONE.clean("5000000000", context)) == ["+915000000000"]
    assert [caution.code for caution in context.cautions] == ["phone-doubtful"]


def test_slashes_inside_one_number_do_not_part_it() -> None:
    context = Context(default_country="DE")
    assert values_of(PHONE.clean("0711/1234567", context)) == ["+497111234567"]


def test_a_label_in_brackets_is_kept() -> None:
    assert PHONE.clean("9327058088 (office)", india())[0]["label"] == "office"


def test_phones_are_shown_as_people_write_them() -> None:
    assert phone_text("+919327058088", "IN") == "093270 58088"
    assert phone_text("+919327058088", "NO") == "+91 93270 58088"
    assert phone_text("+4722334455;ext=12", "NO") == "22 33 44 55 ext. 12"
    assert phone_text("+390236618300", "US") == "+39 02 3661 8300"
    assert phone_text("nonsense") == "nonsense"


def test_phones_are_found_with_and_without_country_code() -> None:
    terms = PHONE.search_terms([{"value": "+447400499962", "text": "", "label": ""}])
    assert terms == ["447400499962", "07400499962"]
    assert phone_key("+4722334455;ext=12") == "4722334455"


national = st.text(alphabet="0123456789", min_size=5, max_size=16)
dressed = st.tuples(st.sampled_from(["", "+", "00", "0", "(0"]), national).map("".join)


@st.composite
def likely(draw: st.DrawFn) -> tuple[str, str]:
    """A region and a number near its example numbers, so that the short way is really taken."""
    region = draw(st.sampled_from(REGIONS))
    kind = draw(st.sampled_from([phonenumbers.PhoneNumberType.MOBILE,
                                 phonenumbers.PhoneNumberType.FIXED_LINE]))  # fmt: skip
    number = phonenumbers.example_number_for_type(region, kind)
    assume(number is not None)
    digits = list(phonenumbers.national_significant_number(number))
    for place in draw(st.lists(st.integers(0, len(digits) - 1), max_size=5)):
        digits[place] = draw(st.sampled_from("0123456789"))
    code = str(number.country_code)
    before = draw(st.sampled_from(["", "", "0", f"+{code}", code]))
    return before + "".join(digits), region


@settings(max_examples=150)
@example(case=("03211234567", "CO"))  # 03 is a carrier's prefix there, not a trunk 0
@example(case=("+0475227455", "BJ"))  # no calling code begins with 0
@given(case=st.one_of(likely(), st.tuples(dressed, st.sampled_from(REGIONS))))
def test_the_short_way_says_what_the_library_says(case: tuple[str, str]) -> None:
    text, region = case
    short = plain_number(text, region)
    assume(short)
    number = phonenumbers.parse(text, region)
    assert phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) == short
    assert phonenumbers.is_valid_number(number)


@settings(max_examples=100)
@given(case=likely())
def test_showing_needs_no_parsing(case: tuple[str, str]) -> None:
    try:
        number = phonenumbers.parse(*case)
    except phonenumbers.NumberParseException:
        return
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    again = phonenumbers.format_number(
        phonenumbers.parse(value), phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    assert phone_text(value) == again
