"""The kit by keyboard: the list, the palette, the dialog, the menus."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .looking import ready

pytestmark = pytest.mark.any_database


@pytest.fixture
def gallery(page: Page, live_server: Any) -> Page:
    page.goto("/gallery/list/")
    ready(page)
    return page


def test_rows_are_walked_selected_and_opened(gallery: Page) -> None:
    for key in ("j", "j", "x", "k", "x"):
        gallery.keyboard.press(key)
    expect(gallery.locator("[data-selected]")).to_have_text("2 selected")
    expect(gallery.locator("tr.here")).to_contain_text("Anjali")
    gallery.keyboard.press("Enter")
    expect(gallery).to_have_url(re.compile("/gallery/card/$"))


def test_shift_selects_a_range_and_all_can_be_meant(gallery: Page) -> None:
    ticks = gallery.locator("tbody input[name=id]")
    ticks.nth(1).click()
    ticks.nth(4).click(modifiers=["Shift"])
    expect(gallery.locator("[data-selected]")).to_have_text("4 selected")
    gallery.get_by_role("button", name="select all").click()
    expect(gallery.locator("[data-all-matches]")).to_have_value("1")
    gallery.get_by_role("button", name="Clear the selection").click()
    expect(gallery.locator(".k-selection")).to_be_hidden()


def test_space_shows_a_row_beside_the_list(gallery: Page) -> None:
    gallery.keyboard.press("j")
    gallery.keyboard.press("Space")
    expect(gallery.locator("#peek h1")).to_have_text("Anjali Smithson")
    gallery.keyboard.press("Escape")
    expect(gallery.locator("#peek h1")).to_have_count(0)


def test_the_palette_finds_pages_and_people(gallery: Page) -> None:
    gallery.keyboard.press("Control+k")
    gallery.keyboard.type("chlo")
    expect(gallery.locator("#palette-found a").first).to_contain_text("Chloé Smyth")
    gallery.keyboard.press("Control+a")
    gallery.keyboard.type("form")
    expect(gallery.locator("#palette a:visible").first).to_contain_text("Form")
    gallery.keyboard.press("Enter")
    expect(gallery).to_have_url(re.compile("/gallery/form/$"))


def test_the_dialog_keeps_an_invalid_form_and_gives_the_focus_back(gallery: Page) -> None:
    gallery.keyboard.press("c")
    expect(gallery.get_by_label("Name")).to_be_focused()
    gallery.keyboard.press("Enter")
    expect(gallery.get_by_role("alert")).to_be_visible()
    expect(gallery.get_by_label("Name")).to_be_focused()
    gallery.keyboard.press("Escape")
    expect(gallery.locator("#dialog")).to_be_hidden()
    expect(gallery).to_have_url(re.compile("/gallery/list/$"))


def test_letters_typed_into_a_field_are_only_letters(gallery: Page) -> None:
    gallery.keyboard.press("/")
    gallery.keyboard.type("cg?jx")
    expect(gallery.get_by_role("searchbox")).to_have_value("cg?jx")
    expect(gallery.locator("dialog[open]")).to_have_count(0)


def test_g_and_a_letter_goes_there(gallery: Page) -> None:
    gallery.keyboard.press("g")
    gallery.keyboard.press("i")
    expect(gallery).to_have_url(re.compile("/gallery/map/$"))


def test_the_theme_changes_at_once_and_stays(gallery: Page) -> None:
    gallery.locator(".k-me summary").click()
    gallery.get_by_role("button", name="Dark").click()
    expect(gallery.locator("html")).to_have_attribute("data-bs-theme", "dark")
    gallery.reload()
    expect(gallery.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_another_phone_can_be_added_and_made_the_main_one(page: Page, live_server: Any) -> None:
    page.goto("/gallery/form/")
    page.get_by_role("button", name="Add another").click()
    page.keyboard.type("+47 22 12 34 56")
    page.get_by_role("radio", name="The main one").last.check()
    names = page.eval_on_selector_all("[data-repeat] [type=tel]", "all => all.map(e => e.name)")
    assert names == ["phones-0-text", "phones-1-text", "phones-2-text"]
    assert page.locator("[data-repeat] [type=radio]:checked").get_attribute("value") == "2"


def test_what_is_still_needed_is_said_until_it_is_there(page: Page, live_server: Any) -> None:
    page.goto("/gallery/quick/")
    why = page.locator("[data-why]")
    expect(why).to_have_text("Still needed: Name")
    page.get_by_label("Name").fill("Ann")
    expect(why).to_have_text("Enter saves")
    expect(page.locator("[data-save]")).not_to_have_class(re.compile("waiting"))
