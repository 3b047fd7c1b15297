"""What a sensitive value shows of itself, and that it never shows more."""

import json
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.test import override_settings

from kith.core import kinds
from kith.core.kinds import Context, Invalid
from kith.core.sealing import SealBroken, ring

SECRET = kinds.Sealed(kinds.Text(12, pattern=r"[\d ]+"))
OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def seal(raw: Any) -> Any:
    return SECRET.clean(raw, Context())


def test_only_the_sealed_form_leaves() -> None:
    value = seal("234123412346")
    assert value.keys() == {"sealed", "mask", "digest"}
    assert "2341" not in json.dumps(value)
    context = Context()
    assert SECRET.show(value, context) == SECRET.export(value, context) == "•••• 2346"
    assert SECRET.search_terms(value, context) == []
    assert SECRET.reveal(value, context) == "234123412346"
    assert SECRET.export(value, Context(reveals=True)) == "234123412346"
    assert SECRET.from_db(SECRET.to_db(value)) == value
    assert SECRET.clean(value, context) == value


@pytest.mark.parametrize(
    ("raw", "mask"), [("1234", "••••"), ("1234 567", "••••"), ("12345678", "•••• 5678")]
)
def test_a_short_value_shows_nothing(raw: str, mask: str) -> None:
    assert seal(raw)["mask"] == mask


def test_equal_values_are_known_without_being_opened() -> None:
    one, other, third = seal("1234 5678"), seal(" 1234  5678 "), seal("1234 5679")
    assert one["sealed"] != other["sealed"]
    assert kinds.digest_of(one) == kinds.digest_of(other) != kinds.digest_of(third)
    assert not SECRET.alters(one, other)
    assert SECRET.alters(one, third)
    assert SECRET.alters(None, one)
    assert not SECRET.alters(None, "")


@pytest.mark.parametrize("raw", [None, "", "  ", "\u200b"])
def test_nothing_is_none(raw: Any) -> None:
    assert seal(raw) is None
    assert SECRET.export(None, Context()) is None
    assert SECRET.from_db(SECRET.to_db(None)) is None


def test_what_is_refused_is_not_repeated() -> None:
    with pytest.raises(Invalid) as refused:
        seal("23412341234x")
    assert refused.value.value is None
    assert "2341" not in str(refused.value)
    assert SECRET.told("23412341234x") == "••••"


def test_a_mask_is_no_value() -> None:
    """A form says so; the cell of an exported sheet says nothing."""
    with pytest.raises(Invalid, match="masked"):
        seal("•••• 2346")
    assert SECRET.clean("•••• 2346", Context(from_sheet=True)) is None


def test_a_forged_seal_is_refused_and_a_forged_mask_mended() -> None:
    value = seal("1234 5678")
    with pytest.raises(Invalid):
        seal({**value, "sealed": "x" + value["sealed"]})
    assert seal({**value, "mask": "0000", "digest": "0"}) == value


def test_old_keys_open_and_the_newest_seals() -> None:
    with override_settings(SEALING_KEYS=[OLD]):
        before = seal("1234 5678")
    with override_settings(SEALING_KEYS=[NEW, OLD]):
        after = seal("1234 5678")
        assert before["digest"] != after["digest"]
        assert SECRET.same(before, after)
        assert not ring().is_newest(before["sealed"])
    with override_settings(SEALING_KEYS=[NEW]):
        assert SECRET.reveal(after, Context()) == "1234 5678"
        with pytest.raises(SealBroken):
            SECRET.reveal(before, Context())
        assert not SECRET.same(before, after)
