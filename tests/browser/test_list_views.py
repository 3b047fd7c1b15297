"""Columns and views by keyboard: chosen, put in order, made wider, kept under a name."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from kith.accounts.models import User
from kith.contacts.context import reading_context
from kith.contacts.record import CONTACT
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.views.models import SavedView

from .looking import check, ready


def test_a_view_is_made_by_keyboard(manager: User, page_of: Callable[[User], Page]) -> None:
    with change_set(actor=manager, door="screen", context=reading_context("IN")) as changes:
        changes.save_many(CONTACT, [Draft({"name": "Anjali", "city": "Pune"})])
    page = page_of(manager)
    page.goto("/contacts/?q=city:pune")
    page.locator("summary", has_text="Columns").press("Enter")
    find = page.get_by_role("searchbox", name="Find a column")
    expect(find).to_be_focused()
    page.get_by_role("checkbox", name="City").press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    find.fill("categ")
    find.press("Enter")
    heads = page.locator("thead th:not(.n-only)")
    expect(heads.last).to_contain_text("Categories")
    expect(heads.nth(3)).to_contain_text("City")
    ready(page)

    page.get_by_role("link", name="Save as new").press("Enter")
    name = page.locator("#id_name")
    expect(name).to_be_focused()
    name.fill("Pune")
    name.press("Enter")
    expect(page.locator(".k-tab[aria-current]")).to_contain_text("Pune")
    expect(page).to_have_url(re.compile(r"view=\d+$"))
    assert "city" in SavedView.objects.get().names
    for _press in range(2):
        with page.expect_response(re.compile("widths")):  # Each is kept, a moment after it.
            page.get_by_role("separator", name="Width of City").press("ArrowRight")
    page.reload()
    manager.refresh_from_db()
    width = manager.preferences["lists"]["contact"]["widths"]["city"]
    assert abs(page.locator("thead th").nth(3).bounding_box()["width"] - width) < 2
    page.goto(f"{page.url}&q=city:Pune")
    page.keyboard.press("/")
    page.keyboard.type("an")
    expect(page.locator(".k-search input")).to_have_value("city:Pune an")
    assert not check(page)
