"""What people and sheets write of who may see a contact."""

from collections.abc import Iterable
from typing import Any

import pytest

from kith.core import kinds
from kith.core.kinds.kind import Context, Invalid

NAMES = {"user:1": "Ada", "user:2": "Bob", "team:1": "Sales", "division:1": "North, East"}


class Book:
    def find(self, text: str, sort: str = "") -> str | None:
        del sort
        codes = {"e01": "user:1", **{name.lower(): token for token, name in NAMES.items()}}
        return codes.get(text.lower())

    def label(self, token: str) -> str:
        return NAMES.get(token, "")

    def members(self, audience_id: int) -> Iterable[str] | None:
        return {7: ["user:1", "team:1"], 8: ["user:2"]}.get(audience_id)

    def known(self, tokens: Iterable[str]) -> int | None:
        return 7 if set(tokens) == {"user:1", "team:1"} else None

    def holds(self, tokens: Iterable[str], user_id: int) -> bool:
        return f"user:{user_id}" in tokens


def context(*, sheet: bool = False, reader: int | None = None) -> Context:
    return Context(audiences=Book(), from_sheet=sheet, reader=reader)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("", None), ("All users", 1), ("public", 1), ([], None), ("only me", {"new": ["me"]}),
        ("E01, sales", 7), (["user:1", "team:1"], 7), (7, 7), ("Ada", {"new": ["user:1"]}),
        ('"North, East"; bob', {"new": ["division:1", "user:2"]}),
        ("North, East", {"new": ["division:1"]}),
        ({"members": ["user:2"], "sure": True}, {"new": ["user:2"]}),
    ],
)  # fmt: skip
def test_it_is_read(raw: Any, value: Any) -> None:
    assert kinds.Audience().clean(raw, context()) == value


@pytest.mark.parametrize("raw", ["martians", 99, ["user:9"], {"members": []}, ["user:1", "x"]])
def test_what_nobody_is_called_is_refused(raw: Any) -> None:
    with pytest.raises(Invalid):
        kinds.Audience().clean(raw, context())


def test_a_sheet_leaves_out_what_is_wrong_and_says_so() -> None:
    kind = kinds.Audience()
    some, none = context(sheet=True), context(sheet=True)
    assert kind.clean("E01, E99", some) == {"new": ["user:1"]}
    assert kind.clean("E98, E99", none) == kinds.EVERYONE
    assert [each.code for each in some.cautions] == ["audience-unknown"]
    assert none.cautions[0].code == "audience-everybody"


def test_it_reads_back_as_it_is_shown() -> None:
    kind, mine = kinds.Audience(), context(reader=2)
    shown = [kind.show(value, mine) for value in (1, 7, 8, {"new": ["division:1", "user:1"]})]
    assert shown == ["All users", "Ada, Sales", "Only me", 'Ada, "North, East"']
    assert kind.clean(shown[1], context()) == 7
    with pytest.raises(Invalid, match="no longer see"):
        kind.clean("Ada", mine)
