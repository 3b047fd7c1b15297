"""The layout in a language that is written from right to left, is two fifths longer, and has none
of our letters: nothing sticks out, and nothing is left in English."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from kith.accounts.models import User
from tests.contacts import make_contact, make_link
from tests.pseudo_locale import MIRRORED, build

from .looking import ready

# Words on the page itself: the names of contacts, addresses and numbers are nobody's to translate.
SHOWN = """() => [
    ...document.querySelectorAll("h1, h2, th, label, button, legend, .btn, .k-tab, .item")]
  .filter((e) => e.checkVisibility() && !e.querySelector("bdi, [dir=auto], option"))
  .filter((e) => !e.closest("bdi, [dir=auto]"))
  .map((e) => e.innerText.trim()).filter((text) => /[A-Za-z]{4}/.test(text))"""
OUT = """() => [...document.querySelectorAll("body *")].filter((e) => {
    const box = e.getBoundingClientRect();
    const above = [];
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) above.push(p);
    const styles = above.map(getComputedStyle).concat(getComputedStyle(e));
    return box.width && (box.left < -1 || box.right > innerWidth + 1) && e.checkVisibility()
      && !e.closest(".k-hide, .k-skip, .k-progress-line")
      && !styles.some((s) => s.position === "fixed" || /auto|hidden|scroll/.test(s.overflowX));
  }).slice(0, 3).map((e) => e.outerHTML.slice(0, 120))"""


@pytest.fixture(scope="module")
def mirrored() -> None:
    build(Path(settings.LOCALE_PATHS[-1]))


@pytest.fixture
def reader(make_user: Any) -> User:
    user: User = make_user("administrator", name="Ada Lovelace")
    user.preferences = {"language": MIRRORED}
    user.save()
    return user


@pytest.mark.any_database
def test_no_page_is_wider_than_the_window_or_speaks_english(
    mirrored: None, reader: User, browser: Browser, live_server: Any, signed_in: Any
) -> None:
    person = make_contact(reader, name="Anjali Smithson", tags=[{"new": "Key"}], priority=4)
    company = make_contact(kind="company", name="Horus Tech Solutions")
    make_link(person, company)
    card = f"/contacts/{person.pk}/"
    paths = (
        "/contacts/", card, f"{card}edit/", f"{card}links/", "/contacts/quick/", "/imports/new/",
        "/profile/", "/settings/", "/settings/company/", "/settings/lists/tag/",
        "/settings/lists/tag/new/", "/settings/roles/agent/", "/settings/users/",
        f"/settings/users/{reader.pk}/",
    )  # fmt: skip
    context = browser.new_context(base_url=live_server.url, reduced_motion="reduce")
    cookie = signed_in(reader).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page = context.new_page()
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(request.url.split("/")[2]))
    wrong: dict[str, Any] = {}
    for path in paths:
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(path)
        ready(page)
        wrong[path] = _wrong(page)
        page.set_viewport_size({"width": 360, "height": 800})
        wrong[f"{path} at 360"] = _wrong(page)
    context.close()
    assert asked == {live_server.url.split("/")[2]}, "nothing is loaded from elsewhere"
    assert not "\n".join(f"{path}: {found}" for path, found in wrong.items() if found)


def _wrong(page: Page) -> list[str]:
    found: list[str] = page.evaluate(OUT)
    assert page.evaluate("document.dir") == "rtl"
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("the page scrolls sideways")
    return found + [
        text for text in page.evaluate(SHOWN) if not re.search(r"@|Kith|Employer", text)
    ]
