"""The list of contacts in a real browser: typing, keys, ticks, chips, and what axe finds."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kith.accounts.models import User
from kith.contacts.context import reading_context
from kith.contacts.models import Contact
from kith.contacts.record import CONTACT
from kith.records.checking import Draft
from kith.records.door import change_set

from .looking import found_wrong, ready

PEOPLE = ("Anjali Smithson", "Bo Larsen", "Chloé Smyth", "Đặng Thị Hoa", "عبد الرحمن")


@pytest.fixture
def page(manager: User, page_of: Callable[[User], Page]) -> Iterator[Page]:
    drafts = [
        Draft({"name": name, "company": "Horus Tech", "tags": "key", "mobile": f"93270 5808{n}"})
        for n, name in enumerate(PEOPLE)
    ]
    long = Draft({"name": "W" * 90, "tags": [{"new": f"tag {n}"} for n in range(30)]})
    with change_set(actor=manager, door="screen", context=reading_context("IN")) as changes:
        changes.save_many(CONTACT, [*drafts, long])
    page = page_of(manager)
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    assert not said, said


def test_typing_filters_and_the_address_follows(page: Page) -> None:
    page.goto("/contacts/?kind=person")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_have_value("kind:person")
    page.keyboard.type("kind:person smi")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("#list-said")).to_have_text("1–1 of 1")
    expect(page).to_have_url("/contacts/?q=kind%3Aperson+smi")
    page.keyboard.type("zzz")
    expect(
        page.get_by_role("heading", name="Nothing found for “kind:person smizzz”")
    ).to_be_visible()
    expect(page).to_have_url("/contacts/?q=kind%3Aperson+smizzz")
    page.reload()
    expect(page.get_by_role("searchbox")).to_have_value("kind:person smizzz")


def test_a_filter_is_added_and_its_chip_takes_it_away(page: Page) -> None:
    page.goto("/contacts/")
    page.get_by_text("Add filter").click()
    page.locator("summary", has_text="Kind").click()
    page.get_by_role("checkbox", name="Company").check()
    page.get_by_role("button", name="Apply").locator("visible=true").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page).to_have_url("/contacts/?q=kind%3Acompany")
    expect(page.get_by_role("searchbox")).to_have_value("kind:company")
    page.get_by_label("Remove the filter Kind").click()
    expect(page.locator("tbody tr")).to_have_count(len(PEOPLE) + 2)


def test_the_list_by_keyboard(page: Page) -> None:
    page.goto("/contacts/?kind=person")
    names = list(Contact.objects.filter(kind="person").order_by("sort_name"))
    for key in "jjx":
        page.keyboard.press(key)
    expect(page.locator("tr.here")).to_contain_text(names[1].name)
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("[data-selected]")).to_have_text("2 selected")
    page.keyboard.press(" ")
    expect(page.locator("#peek")).to_contain_text(names[2].name)
    page.keyboard.press("Escape")
    expect(page.locator("#peek")).to_be_empty()
    expect(page.locator("[data-selected]")).to_have_text("2 selected")
    page.keyboard.press("Escape")
    expect(page.locator("[data-rows] tbody input:checked")).to_have_count(0)
    for key in "xkx":
        page.keyboard.press(key)
    page.get_by_role("button", name="Delete").click()
    expect(page.locator("#toasts")).to_contain_text("2 contacts are in the trash.")
    expect(page).to_have_url("/contacts/?q=kind%3Aperson")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("tbody tr")).to_have_count(len(PEOPLE) + 1)
    ready(page)
    page.keyboard.press("j")
    page.keyboard.press("e")
    expect(page).to_have_url(f"/contacts/{names[0].pk}/edit/")


def test_rows_are_ticked_on_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/contacts/?kind=person")
    rows, said = page.locator("tbody tr"), page.locator("[data-selected]")
    expect(rows.first.locator(".k-check")).to_be_hidden()
    rows.nth(1).dispatch_event("pointerdown", {"pointerType": "touch", "isPrimary": True})
    expect(said).to_have_text("1 selected")
    rows.nth(1).dispatch_event("pointerup", {"pointerType": "touch"})
    rows.nth(1).get_by_role("link").first.dispatch_event("click")  # As a finger that is lifted.
    rows.nth(3).click()
    expect(said).to_have_text("2 selected")
    expect(page).to_have_url("/contacts/?q=kind%3Aperson")
    page.get_by_role("button", name="this page").click()
    expect(said).to_have_text(f"{len(PEOPLE) + 1} selected")
    page.get_by_role("button", name="Clear the selection").click()
    expect(rows.first.locator(".k-check")).to_be_hidden()
    page.locator("summary[aria-label=Sort]").click()
    page.locator(".k-orders").get_by_role("link", name="Name").click()
    expect(page).to_have_url("/contacts/?q=kind%3Aperson&sort=-name")
    ready(page)
    page.get_by_role("button", name="Select", exact=True).click()
    rows.first.click()
    page.keyboard.press("b")
    expect(page.get_by_role("heading", name="Change many contacts")).to_be_visible()
    ready(page)
    page.locator("#act-ts-control").focus()
    page.keyboard.type("tag")  # Stands alone, and finds what adds before what empties.
    expect(page.locator(".ts-control .item")).to_be_hidden()
    expect(page.locator(".ts-dropdown .active")).to_have_text("Add to Tags")
    page.keyboard.press("Enter")
    expect(page.locator(".ts-control .item")).to_have_text("Add to Tags")
    expect(page.locator(".ts-control .item")).to_be_visible()


def test_the_palette_finds_people(page: Page) -> None:
    page.goto("/contacts/trash/")
    page.keyboard.press("Control+k")
    page.keyboard.type("dark")
    expect(page.locator("#palette-found button").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.type("chlo")
    expect(page.locator("#palette-found a").first).to_contain_text("Chloé Smyth")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Chloé Smyth")).to_be_visible()


def test_it_works_without_scripts(
    page: Page, browser: Any, browser_context_args: Any, context: Any
) -> None:
    plain = browser.new_context(**browser_context_args, java_script_enabled=False)
    plain.add_cookies(context.cookies())
    bare = plain.new_page()
    bare.goto("/contacts/")
    bare.get_by_role("searchbox").fill("smyth")
    bare.get_by_role("searchbox").press("Enter")
    expect(bare.locator("tbody tr")).to_have_count(1)
    plain.close()


@pytest.mark.any_database
@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 360)])
def test_axe_finds_nothing_and_nothing_sticks_out(page: Page, theme: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    urls = ("", "?q=zzz+anjali", "?kind=company&tag=key", "trash/", "export/")
    wrong = {url: found_wrong(page, f"/contacts/{url}") for url in urls}
    assert not any(wrong.values()), wrong
