"""Inputs that repeat are read as they were typed, the main one first."""

from django.http import QueryDict

from kith.web.forms import channel_rows, read_channels


def test_the_main_one_comes_first_and_blanks_fall_away() -> None:
    data = QueryDict(mutable=True)
    for name, value in {
        "phones-0-text": "1",
        "phones-0-label": "work",
        "phones-1-text": "  ",
        "phones-7-text": " 2 ",
        "phones-primary": "7",
        "phones-x-text": "not a row",
        "phones-99999-text": "too far",
    }.items():
        data[name] = value
    assert read_channels(data, "phones") == [
        {"text": "2", "label": ""},
        {"text": "1", "label": "work"},
    ]


def test_there_is_always_a_blank_row_for_who_has_no_javascript() -> None:
    assert [r["text"] for r in channel_rows([])] == [""]
    rows = channel_rows([{"text": "1", "value": "+91", "label": ""}], errors={0: "Too short."})
    assert [r["text"] for r in rows] == ["1", ""]
    assert rows[0]["error"] == "Too short."
