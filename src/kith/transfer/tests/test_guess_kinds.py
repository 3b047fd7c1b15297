"""What kind of field the values of a column call for."""

import pytest

from kith.transfer.guessing import guess_own_kind


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["38", "39.5", "1,200"], "number"),
        (["0042", "0043"], "text"),  # Codes keep their zeros.
        (["12345678901234567", "1"], "text"),
        (["yes", "No", "yes"], "yesno"),
        (["2026-04-03", "25.09.1980"], "date"),
        (["https://a.example", "www.b.example"], "link"),
        (["Gold", "Silver", "Gold", "Gold"], "choice"),
        (["Gold", "Silver", "Bronze"], "text"),
        (["One\nTwo", "x"], "longtext"),
        ([], "text"),
    ],
)
def test_a_kind_is_guessed_from_values(values: list[str], kind: str) -> None:
    assert guess_own_kind(values, whole=True) == kind


def test_options_are_only_taken_from_a_sheet_seen_whole() -> None:
    assert guess_own_kind(["Gold", "Silver"] * 9, whole=False) == "text"
