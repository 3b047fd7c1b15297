"""The list kit: URLs that keep the state, rows that are escaped and quick to draw."""

from time import process_time
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict
from django.utils.html import escape

from kith.web import marks
from kith.web.lists import Column, Listing, with_params


def listing(query: str = "", rows: int = 2, **options: Any) -> Listing:
    people = [
        SimpleNamespace(id=n, name=f"<Name> & {n}", phone="+91 93270 58088", stars=n % 6)
        for n in range(rows)
    ]
    plain = Column("phone", "Phone", lambda r: escape(r.phone), css="soft", narrow="call")
    columns = [
        Column("name", "Name", lambda r: escape(r.name), sort="name", css="c-name"),
        *[plain] * 5,
        Column("who", "Who", lambda r: marks.avatar(r.name, key=r.id)),
        Column("stars", "Stars", lambda r: marks.stars(r.stars), sort="stars"),
    ]
    return Listing(
        url="/x/",
        params=QueryDict(query),
        columns=columns,
        rows=people,
        label="People",
        row_url=lambda r: f"/x/{r.id}/",
        row_name=lambda r: r.name,
        **options,
    )


def test_a_changed_parameter_keeps_the_others_and_starts_paging_again() -> None:
    params = QueryDict("q=ann+lee&type=a&type=b&after=xyz")
    assert with_params("/x/", params, sort="-name") == "/x/?q=ann+lee&type=a&type=b&sort=-name"
    assert with_params("/x/", params, q=None, type=None) == "/x/"


def test_the_head_says_and_turns_the_order() -> None:
    head = listing("sort=name", sort="name").head
    assert 'aria-sort="ascending"' in head
    assert "sort=-name" in head
    assert head.count("aria-sort") == 1
    assert "descending" in listing("sort=-name", sort="-name").head


def test_rows_are_escaped_and_named() -> None:
    body = listing().body
    assert "<Name>" not in body
    assert 'aria-label="Select &lt;Name&gt; &amp; 1"' in body
    assert 'data-href="/x/1/"' in body
    assert 'class="soft n-call"' in body


def test_a_page_of_fifty_rows_is_drawn_in_a_few_milliseconds() -> None:
    page = listing(rows=50)
    taken = min(_timed(page) for _ in range(5))
    assert taken < 0.015


def _timed(page: Listing) -> float:
    started = process_time()
    assert len(page.body) > 10_000
    return process_time() - started


def test_the_ways_on_are_named_and_lead_nowhere_at_an_end() -> None:
    assert listing().onward == ""
    middle = listing(next_url="/x/?after=<1>", previous_url="/x/?before=1").onward
    assert 'rel="next" href="/x/?after=&lt;1&gt;" aria-label="Next page"' in middle
    assert "Last page" not in middle, "nobody knows where the ends are"
    first = listing(next_url="/x/?after=1", last_url="/x/?before=last").onward
    assert first.count("aria-disabled") == 2
    assert 'rel="last" href="/x/?before=last"' in first


def test_blocks_without_a_head_are_sorted_by_a_menu() -> None:
    menu = listing("q=<x>&after=7", sort="-name").sorting
    assert 'href="/x/?q=%3Cx%3E&amp;sort=name" aria-current="true">Name<svg' in menu
    assert 'href="/x/?q=%3Cx%3E&amp;sort=stars">Stars</a>' in menu
    assert listing(rows=0).sorting == ""
