"""What holds for every kind, whatever it is given."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core import kinds
from kith.core.kinds import Context, Invalid, Kind
from kith.core.tests.books import india

GENDER = kinds.Enum((("m", "Male", ("1", "M")), ("f", "Female", ("2", "F"))))
KINDS: dict[str, Kind] = {
    "text": kinds.Text(),
    "longtext": kinds.LongText(),
    "name": kinds.Name(),
    "postal": kinds.PostalCode(),
    "texts": kinds.Texts(),
    "phone": kinds.Phone(),
    "email": kinds.Email(),
    "url": kinds.Url(),
    **{network: kinds.Social(network) for network in kinds.NETWORKS},
    "date": kinds.Date(),
    "integer": kinds.Integer(),
    "stars": kinds.Stars(),
    "money": kinds.Money(),
    "yesno": kinds.YesNo(),
    "enum": GENDER,
    "choice": kinds.Choice("type"),
    "grown choice": kinds.Choice("type", grow=True),
    "choices": kinds.Choices("tag"),
    "grown choices": kinds.Choices("tag", grow=True),
    "country": kinds.Country(),
    "state": kinds.State(),
    "user": kinds.User(),
    **{f"number {scheme}": kinds.Identifier(scheme) for scheme in ("gst", "vat", "iban")},
}
NASTY = [
    "", " ", "\x00", "\ufeff", "\u200b", "\u202e evil", "\ud800", "a\ud800b", "\u0301",
    "e\u0301", "Z̸̢̛̳a̷͖͝l̶̰̈g̵̱̕o̷̤͑", "👩‍👩‍👧", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "نص عربي", "עברית", "१२३४५६७८९०",
    "𝟏𝟐𝟑", "½", "²", "ﬁ", "İ", "ẞ", "<script>alert(1)</script>", "=SUM(A1:A9)",
    "@home after 6", "'quoted'", '"', '""', '","', ",", ";", "a,,b", "NaN", "Infinity", "-0",
    "1e400", "1e-400", "9" * 5000, "0", "00", "+", "++91", "+9999999", "-" * 50, "1/2/3",
    "31/02/2020", "0000-00-00", "9999-99-99", "25:61", "12月", "２０２０-０１-０１", "http://",
    "https://[", "http://[::1]/", "http://a b", "//x", "www..com", "javascript:alert(1)",
    "http://exa\u202emple.com", "http://ex.com:99999", "http://user:pw@ex.com", "xn--", "a@b",
    "@", "a@", "a@xn--a.com", "a@-.com", "<a@b.co>", "a@b.co,", "skype:", "facebook.com",
    "facebook.com/", "in/", "x.com/../..", "profile.php?id=1", "@@@", "%", "%zz", "wa.me/",
    "\n", "a\nb", "a\r\nb\u2028c", "IN-GJ", "in", "IND", "--", "★★★", "Rs.", "₹", "(", "()",
    "(-5)", "5-", "1,2,3", "1.2.3", "1'000", "lakh",
]  # fmt: skip
PLACES = ("", "IN", "NO", "US", "GB", "DE", "XX")

texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from(NASTY),
    st.text(alphabet="0123456789+-.,;:/@() eE'\"%#?&=_xT\n", max_size=40),
    st.lists(st.sampled_from(NASTY), max_size=4).map(",".join),
    st.characters(blacklist_categories=()).map(lambda c: f"a{c}b.co"),
    st.characters(blacklist_categories=()).map(lambda c: f"x{c}y@b{c}c.co"),
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.decimals(), st.dates(), st.datetimes(),
    st.times(), st.binary(max_size=8), texts, st.builds(object), st.complex_numbers(),
)  # fmt: skip
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.tuples(inner, inner),
        st.dictionaries(
            st.sampled_from(["value", "text", "label", "new", "date", "x"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)


@pytest.mark.parametrize("name", KINDS)
@given(raw=anything, country=st.sampled_from(PLACES), home=st.sampled_from(PLACES))
def test_any_object_gives_a_value_or_invalid(name: str, raw: Any, country: str, home: str) -> None:
    context = india(country=country)
    context.default_country = home
    check(KINDS[name], raw, context)


@pytest.mark.parametrize("name", KINDS)
def test_nasty_texts_give_a_value_or_invalid(name: str) -> None:
    for raw in NASTY:
        check(KINDS[name], raw, india())


def check(kind: Kind, raw: Any, context: Context) -> None:
    """The value is JSON for a database, and reading it in any of its forms gives it again."""
    try:
        value = kind.clean(raw, context)
    except Invalid as verdict:
        check_message(verdict)
        return
    json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    assert kind.clean(value, context) == value
    assert kind.from_db(kind.to_db(value)) == value
    for form in (kind.show(value, context), kind.export(value, context)):
        assert kind.same(kind.clean(form, context), value), form
    assert all(isinstance(term, str) for term in kind.search_terms(value, context))


def check_message(verdict: Invalid) -> None:
    assert str(verdict.message)
    assert verdict.code


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_empty(name: str) -> None:
    kind = KINDS[name]
    for raw in (None, "", "  ", "\u200b"):
        assert kind.clean(raw, india()) == kind.empty()
    assert kind.show(kind.empty(), india()) == ""
    assert kind.export(kind.empty(), india()) is None


def test_examples_of_a_sheet() -> None:
    assert KINDS["text"].clean(380015.0, india()) == "380015"
    assert KINDS["text"].clean(dt.datetime(2020, 1, 2), india()) == "2020-01-02"  # noqa: DTZ001
    assert KINDS["money"].clean(Decimal("9.50"), india()) == "9.5"
