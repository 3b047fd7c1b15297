"""The small marks: what they say, and that nothing typed becomes markup."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.web import marks


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Anjali Smithson", "AS"),
        ("Đặng Thị Hoa", "ĐH"),
        ("o'Neil", "O"),
        ("  ", "?"),
        ("+++ ---", "?"),
        ("محمد الأنصاري", "م"),
        ("王小明", "王"),
        ("é e\u0301", "ÉÉ"),
        ("😀", "?"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert marks.initials(name) == letters


def test_a_company_takes_its_first_two_words() -> None:
    assert marks.initials("Keith & Kin Catering Ltd", company=True) == "KK"


def test_the_colour_stays_when_the_name_changes() -> None:
    assert _colour(marks.avatar("Before", key=7)) == _colour(marks.avatar("After", key=7))


def _colour(drawn: str) -> str:
    return drawn.split("av-")[1][0]


@pytest.mark.parametrize("draw", [marks.icon, marks.avatar, marks.temperature])
def test_typed_text_is_escaped(draw: object) -> None:
    assert "<b" not in draw('"><b onclick=x>')  # type: ignore[operator]


def test_tags_say_how_many_more() -> None:
    drawn = marks.tags([("a", ""), ("<b>", "red"), ("c", ""), ("d", ""), ("e", "")])
    assert '<span class="k-tag tint red"' in drawn
    assert "&lt;b&gt;" in drawn
    assert "+2" in drawn
    assert 'title="d, e"' in drawn


def test_dates_are_said_as_people_do() -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert ">Today 11:55<" in marks.when(now - timedelta(minutes=5), now=now)
    assert ">Yesterday 12:00<" in marks.when(now - timedelta(days=1), now=now)
    assert ">2 Nov<" in marks.when(date(2026, 11, 2), now=now)
    assert ">2 Nov 2024<" in marks.when(date(2024, 11, 2), now=now)
    assert marks.when(None) == ""
