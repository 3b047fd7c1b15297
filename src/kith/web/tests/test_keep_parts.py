"""Parts of pages that are drawn once: for whoever would see the same, and for nobody else."""

from dataclasses import replace
from typing import Any

import pytest
from django.utils import translation

from kith.web import kept
from kith.web.shell import Brand, Frame, Item, Who

FRAME = Frame(
    theme="auto",
    nav="",
    density="",
    brand=Brand("Alpha"),
    user=Who(7, "Asha <b>", "asha@example.com"),
    items=(Item("Contacts", "/contacts/", "users", "c", "main", True, False, True, "12"),),
    search_url="/contacts/",
    find_url="/palette/",
    profile_url="/profile/",
    sign_out_url="/sign-out/",
    sign_in_url="/sign-in/",
    still_url="/sign-in/still/",
)
PARTS = ("rail", "barnav", "account", "dialogs", "create")


def drawn(frame: Frame, token: str = "secret", path: str = "/here/") -> str:
    parts = [kept.kept(f"web/shell/{part}.html", csrf_token=token, path=path, shell=frame)
             for part in PARTS]  # fmt: skip
    return "".join(parts)


def test_the_same_is_drawn_once() -> None:
    drawn(FRAME)
    before = kept._drawn.cache_info()
    assert drawn(replace(FRAME), "other", "/there/?q=<&>") != drawn(FRAME)
    after = kept._drawn.cache_info()
    assert (after.misses, after.hits) == (before.misses, before.hits + 2 * len(PARTS))


def test_what_is_another_on_each_page_is_filled_in() -> None:
    html = drawn(FRAME, "mine", '/there/?q="<&')
    assert 'value="mine"' in html
    assert 'value="/there/?q=&quot;&lt;&amp;"' in html
    assert "\0" not in html
    assert "Asha &lt;b&gt;" in html


@pytest.mark.parametrize(
    ("change", "shows"),
    [
        ({"theme": "dark"}, 'value="dark" data-appearance="theme" aria-pressed="true"'),
        ({"nav": "narrow"}, 'value="wide"'),
        ({"density": "compact"}, 'value="comfortable"'),
        ({"brand": Brand("Beta", "/logo/")}, "/logo/"),
        ({"user": Who(8, "Bo", "bo@example.com")}, 'data-user="8"'),
        ({"items": (replace(FRAME.items[0], count="13"),)}, "13</span>"),
        ({"items": (replace(FRAME.items[0], here=False, label="People"),)}, "People"),
        ({"find_url": "/elsewhere/"}, "/elsewhere/"),
        ({"profile_url": "/me/"}, 'href="/me/"'),
        ({"sign_out_url": "/away/"}, 'action="/away/"'),
    ],
)  # fmt: skip
def test_whatever_changes_shows(change: dict[str, Any], shows: str) -> None:
    assert shows not in drawn(FRAME)
    assert shows in drawn(replace(FRAME, **change))


def test_each_language_has_its_own() -> None:
    drawn(FRAME)
    with translation.override("en-gb"):
        before = kept._drawn.cache_info().hits
        assert kept.kept("web/shell/rail.html", csrf_token="", path="", shell=FRAME)
        assert kept._drawn.cache_info().hits == before
