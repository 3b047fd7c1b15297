"""Dates in the forms that sheets hold them."""

import datetime as dt
from time import process_time

import pytest
from django.utils import translation

from kith.core.kinds import Context, Date, Invalid

DATE = Date()


@pytest.mark.parametrize(
    "raw",
    ["1980-09-25", "1980-9-25", "1980/09/25", "1980.09.25", "25.09.1980", "25/09/1980",
     "25-09-1980",
     "09/25/1980", "25 Sep 1980", "25-Sep-1980", "25th September, 1980", "Sept 25, 1980",
     "September 25 1980", "19800925", 19800925, 29489, 29489.75, "29489", "1980-09-25T00:00:00Z",
     "1980-09-25 10:30", "1980年9月25日", "२५.०९.१९८०",
     dt.date(1980, 9, 25), {"date": "1980-09-25"},
     dt.datetime(1980, 9, 25, 10, tzinfo=dt.UTC)],
)  # fmt: skip
def test_one_day_in_many_forms(raw: object) -> None:
    context = Context()
    assert DATE.clean(raw, context) == "1980-09-25"
    assert not context.cautions


@pytest.mark.parametrize(
    ("raw", "order", "expected", "code"),
    [
        ("05/06/1980", "ymd", "1980-06-05", "date-ambiguous"),
        ("05/06/1980", "dmy", "1980-06-05", "date-ambiguous"),
        ("05/06/1980", "mdy", "1980-05-06", "date-ambiguous"),
        ("25-sep-80", "ymd", "1980-09-25", "date-short-year"),
        ("80-09-25", "ymd", "1980-09-25", "date-short-year"),
    ],
)
def test_doubtful_dates_are_kept_with_a_caution(
    raw: str, order: str, expected: str, code: str
) -> None:
    context = Context(date_order=order)
    assert DATE.clean(raw, context) == expected
    assert [caution.code for caution in context.cautions] == [code]
    if code == "date-ambiguous":
        read = "5 June" if expected.endswith("06-05") else "6 May"
        assert str(context.cautions[0].message).startswith(f"Read as {read} 1980;")


@pytest.mark.parametrize(
    "raw",
    ["1980-13-01", "31/02/1980", "1980-02-30", "0980-01-01", "2201-01-01", "yesterday",
     "1980", 1980,
     0, 59, -5, 10**20, float("nan"), float("inf"), True, "12", "²", "25 Foo 1980",
     "Sep 1980", []],
)  # fmt: skip
def test_what_is_no_day_is_refused(raw: object) -> None:
    with pytest.raises(Invalid):
        DATE.clean(raw, Context())


def test_a_long_text_is_refused_at_once() -> None:
    """The patterns would look at it again from each of its places: minutes for a cell's length."""
    began = process_time()
    for raw in ("a" + "." * 30_000, "1" + " " * 30_000, "a" * 30_000):
        with pytest.raises(Invalid):
            DATE.clean(raw, Context())
    assert process_time() - began < 1


@pytest.mark.parametrize("language", ["en", "de", "nb", "hi", "vi", "ja", "ru", "ar", "el", "he"])
def test_what_is_shown_in_any_language_is_read_again(language: str) -> None:
    with translation.override(language):
        for month in range(1, 13):
            value = f"1980-{month:02}-25"
            assert DATE.clean(DATE.show(value, Context()), Context()) == value


def test_a_database_holds_a_date() -> None:
    assert DATE.to_db("1980-09-25") == dt.date(1980, 9, 25)
    assert DATE.from_db(dt.date(1980, 9, 25)) == "1980-09-25"
