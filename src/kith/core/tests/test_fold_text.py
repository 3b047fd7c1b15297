"""Folding and tidying of texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.text import digits, fold, plain, plain_lines, words

anything = st.text(st.characters(blacklist_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ærøskøbing", "aeroskobing"), ("STRAẞE", "strasse"), ("Straße", "strasse"),
        ("ılık İstanbul", "ilik istanbul"), ("Đà Nẵng", "da nang"), ("Rīga", "riga"),
        ("ＡＢＣ１２３", "abc123"), ("٠١٢۳۴", "01234"), ("९३", "93"), ("東京", "dongjing"),
        ("ﬁne", "fine"), ("Ελλάδα", "ellada"), ("Россия", "rossiya"), ("e\u0301", "e"),
        (" a \t b\n", "a b"), ("O'Neil & Söhne", "o'neil & sohne"), ("ガス", "gasu"), ("", ""),
    ],
)  # fmt: skip
def test_folded_forms(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(anything)
def test_folding_is_lower_ascii_and_final(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == folded.lower() == " ".join(folded.split())
    assert fold(folded) == folded
    assert not folded or folded.isprintable()


@given(anything)
def test_tidying_is_final_and_storable(text: str) -> None:
    for tidy in (plain, plain_lines):
        once = tidy(text)
        assert tidy(once) == once
        once.encode()
        assert "\x00" not in once
        assert once == once.strip()
    assert "\n" not in plain(text)


def test_what_misleads_the_eye_goes() -> None:
    assert plain("evil\u202egpj.exe") == "evilgpj.exe"
    assert plain("\u200b\ufeff name \u200b") == "name"
    assert plain("a\x00b\ud800c") == "abc"
    assert plain("नमस्‍ते") == "नमस्‍ते"  # the joiner inside belongs to the word
    assert plain_lines("a \r\n\r\n  b\x0b") == "a\n\n  b"


def test_words_and_digits() -> None:
    assert words("O'Neil & Söhne GmbH") == ["o", "neil", "sohne", "gmbh"]
    assert digits("+91 (93270) ५८०८८") == "919327058088"
