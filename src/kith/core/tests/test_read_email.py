"""E-mail addresses, and that the short way accepts nothing that the library refuses."""

import pytest
from email_validator import validate_email
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from kith.core.kinds import Email, Invalid, values_of
from kith.core.kinds.email import _PLAIN
from kith.core.tests.books import india

EMAIL = Email()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("co2.29724@example24.com", ["co2.29724@example24.com"]),
        ("Anjali.RAO@Example.COM", ["anjali.rao@example.com"]),
        ("mailto:a@example.com?subject=x", ["a@example.com"]),
        ("Anjali Rao <anjali@example.com>", ["anjali@example.com"]),
        ("a@example.com; b@example.com", ["a@example.com", "b@example.com"]),
        ("a@example.com b@example.com", ["a@example.com", "b@example.com"]),
        ("a@example.com,A@EXAMPLE.com", ["a@example.com"]),
        ("o'neil+x@mail.example.co.in", ["o'neil+x@mail.example.co.in"]),
        ("x@bücher.example", ["x@bücher.example"]),
        ("x@xn--bcher-kva.example", ["x@bücher.example"]),
        ("अजय@डाटा.भारत", ["अजय@डाटा.भारत"]),
        ("a@host.test", ["a@host.test"]),
        (["a@example.com", None, {"text": "b@example.com"}], ["a@example.com", "b@example.com"]),
    ],
)  # fmt: skip
def test_addresses_are_read(raw: object, expected: list[str]) -> None:
    assert values_of(EMAIL.clean(raw, india())) == expected


@pytest.mark.parametrize(
    "raw",
    ["nobody@", "mail.example.com", "a b@example.com", "@example.com", "a@b", "a@@b.com",
     "a..b@example.com", ".a@example.com", "a@-b.com", "a@b_c.com", "a@b.c\u202eom@x", "a@1.2.3.4",
     'a"b@example.com', "a@example.com x", 12345, True],
)  # fmt: skip
def test_what_is_no_address_is_refused(raw: object) -> None:
    with pytest.raises(Invalid) as refused:
        EMAIL.clean(raw, india())
    assert refused.value.code == "email-invalid"


def test_what_was_typed_is_kept_beside_it() -> None:
    assert EMAIL.clean("Anjali.RAO@Example.COM", india())[0]["text"] == "Anjali.RAO@Example.COM"


letters = "abzAZ09.-_+'@!#%/xn"


@settings(max_examples=200)
@example("a@xn--a.com")
@example("a@b--c.com")
@example("a@ab--c.com")
@example("a@" + "b" * 64 + ".com")
@example("a" * 65 + "@b.com")
@given(
    st.one_of(
        st.text(alphabet=letters, max_size=20).map(lambda s: f"a{s}@ex.com"),
        st.text(alphabet=letters, max_size=70).map(lambda s: f"a@b{s}.com"),
        st.text(alphabet=letters, max_size=20).map(lambda s: f"a@b.co{s}m"),
        st.text(max_size=20).map(lambda s: f"a{s}@b.com"),
    )
)
def test_the_short_way_accepts_only_what_the_library_accepts(address: str) -> None:
    assume(_PLAIN.fullmatch(address))
    checked = validate_email(
        address, check_deliverability=False, test_environment=True, globally_deliverable=False
    )
    assert checked.normalized.lower() == address.lower()
