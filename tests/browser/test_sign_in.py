"""Coming in, one's profile and the users, by keyboard and for everybody."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from kith.accounts.models import User

from .looking import found_wrong, ready

GOOD = "correct horse battery"


@pytest.fixture
def ada(make_user: Callable[..., User]) -> User:
    user = make_user("administrator", email="ada@example.com", name="Ada Lovelace")
    user.set_password(GOOD)
    user.save()
    return user


def test_signing_in_and_out_by_keyboard(ada: User, page: Page) -> None:
    page.goto("/profile/")
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.keyboard.type("ada@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    expect(page.get_by_label("E-mail")).to_have_value("ada@example.com")
    expect(page.locator("#id_password")).to_be_focused()
    ready(page)
    page.keyboard.type(GOOD)
    page.get_by_role("button", name="Show the password").click()
    expect(page.locator("#id_password")).to_have_attribute("type", "text")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your profile")).to_be_visible()
    page.locator(".k-me summary").click()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def sign_in_again(page: Page, password: str = GOOD) -> None:
    again = page.get_by_role("dialog", name="Sign in")
    expect(again.get_by_label("E-mail")).to_have_value("ada@example.com")
    expect(again.locator("#again_password")).to_be_focused()
    page.keyboard.type(password)
    page.keyboard.press("Enter")


def test_what_was_typed_outlives_the_session(ada: User, page_of: Callable[[User], Page]) -> None:
    page = page_of(ada)
    page.goto("/profile/")
    ready(page)
    page.get_by_label("Name").fill("Ada King")
    page.context.clear_cookies()
    page.get_by_role("button", name="Save").click()
    sign_in_again(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("do not belong together")
    sign_in_again(page)
    expect(page.locator(".k-toast")).to_be_visible()
    ada.refresh_from_db()
    assert ada.name == "Ada King"


def test_a_fragment_after_the_session_ended_has_one_sign_in_above_it(
    ada: User, page_of: Callable[[User], Page]
) -> None:
    page = page_of(ada)
    page.goto("/contacts/")
    ready(page)
    page.context.clear_cookies()
    page.keyboard.press("c")
    sign_in_again(page)
    expect(page.get_by_role("dialog")).to_have_count(0)  # The page is drawn anew.
    ready(page)
    page.keyboard.press("c")
    expect(page.get_by_role("dialog")).to_contain_text("Company")


def test_an_administrator_adds_somebody_and_hands_over_the_password(
    ada: User, page_of: Callable[[User], Page]
) -> None:
    page = page_of(ada)
    page.goto("/settings/users/")
    page.get_by_role("link", name="Add a user").click()
    page.get_by_label("Name").fill("Meera Raval")
    page.get_by_role("textbox", name="E-mail").fill("meera@example.com")
    page.get_by_role("button", name="Add").click()
    made = page.locator("output").inner_text()
    client = Client()
    sent = {"email": "meera@example.com", "password": made}
    assert client.post("/sign-in/", sent).status_code == 302


@pytest.mark.any_database
@pytest.mark.parametrize("look", [("light", 1440), ("dark", 360)])
def test_axe_finds_nothing(
    ada: User, browser: Browser, live_server: Any, signed_in: Any, look: tuple[Any, int]
) -> None:
    theme, width = look
    size: Any = {"width": width, "height": 900}
    context = browser.new_context(
        viewport=size, color_scheme=theme, reduced_motion="reduce", base_url=live_server.url
    )
    page = context.new_page()
    wrong = {"/sign-in/": found_wrong(page, "/sign-in/")}
    cookie = signed_in(ada).cookies["kith"]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    person = f"/settings/users/{ada.pk}/"
    for path in ("/profile/", "/settings/", "/settings/users/", "/settings/users/new/", person):
        wrong[path] = found_wrong(page, path)
    context.close()
    assert not {path: found for path, found in wrong.items() if found}
