from collections.abc import Mapping
from typing import Any

from kith.contacts.record import CONTACT
from kith.core.kinds.kind import Context
from kith.core.record_types import Values
from kith.transfer.memo import MOST, Memo
from kith.transfer.reading.xlsx_cells import MOST_SEEN, CellValues, SharedTexts
from kith.transfer.reading.xlsx_rows import Found, cells_of


def _read(memo: Memo, raw: Mapping[str, Any], country: str = "IN") -> Values:
    checked = memo.read(CONTACT, raw, Context(country=country))
    assert not checked.problems
    return checked.values


def test_cells_that_are_equal_and_mean_something_else_are_kept_apart() -> None:
    memo = Memo()
    for cell, meant in ((True, "TRUE"), (1, "1"), (1.5, "1.5"), ("1", "1"), (True, "TRUE")):
        assert _read(memo, {"remarks": cell}) == {"remarks": meant}


def test_the_same_phone_is_another_in_another_country() -> None:
    memo = Memo()
    for _again in range(2):
        for country, number in (("IN", "+919327058088"), ("GB", "+449327058088")):
            checked = memo.read(CONTACT, {"mobile": "9327058088"}, Context(country=country))
            assert checked.values["mobile"][0]["value"].startswith(number[:3])


def test_what_was_wrong_or_doubtful_is_told_each_time() -> None:
    memo = Memo()
    for _again in range(2):
        checked = memo.read(CONTACT, {"birth_date": "soon", "gstin": "22AAA"}, Context())
        told = [each.field for each in (*checked.problems, *checked.cautions)]
        assert sorted(told) == ["birth_date", "gstin"]


def test_a_column_that_never_says_the_same_is_read_to_its_end() -> None:
    memo = Memo()
    for number in range(MOST + 2):
        assert _read(memo, {"name": f"Name {number}"}) == {"name": f"Name {number}"}


def test_cells_of_a_sheet_keep_their_columns_however_many_are_remembered() -> None:
    texts = SharedTexts.__new__(SharedTexts)
    texts.texts = []
    values = CellValues(texts, [], 100)
    for number in range(MOST_SEEN):
        row: list[Found] = [("A", "", "", str(number), ""), ("C", "", "inlineStr", "", "same")]
        assert cells_of(row, values, number) == [number, None, "same"]
