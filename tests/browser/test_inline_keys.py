"""Facts are changed where they stand with the keyboard alone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from kith.accounts.models import User
from kith.contacts.pages.loading import state_of
from tests.contacts import change_contact, make_contact

IN_REACH = """() => {
  const box = (what) => document.querySelector(what).getBoundingClientRect();
  return box("[data-fact-form] button:not([type=button])").bottom <= box(".k-barnav").top;
}"""
"""Whether Save lies above the bar at the bottom of a phone."""


def test_enter_saves_and_the_focus_comes_back(agent: User, page_of: Callable[[User], Page]) -> None:
    contact = make_contact(mobile="+91 93270 58088", contact_type="Vendor", tags="key", priority=1)
    page = page_of(agent)
    page.goto(f"/contacts/{contact.pk}/")

    def change(name: str, *keys: str, into: str = "input") -> None:
        page.focus(f"#fact-{name} [data-edit-fact]")
        page.keyboard.press("Enter")
        # A dropdown is to be typed into once its script has made it so.
        expect(page.locator(f"#fact-{name} {into}:focus")).to_have_count(1)
        for key in keys:
            page.keyboard.press(key) if len(key) > 1 else page.keyboard.type(key)
        expect(page.locator(f"#fact-{name} [data-edit-fact]")).to_be_focused()

    change("mobile", *"+4799245110", "Enter")
    expect(page.locator("#fact-mobile")).to_contain_text("+47 99 24 51 10")
    change("contact_type", *"cust", "Enter")
    expect(page.locator("#fact-contact_type")).to_contain_text("Customer")
    change("priority", "ArrowDown", "Enter", into=":is(input, select)")
    change("tags", *"new", "Enter", "Enter")
    expect(page.locator("#fact-tags")).to_contain_text("new")
    page.set_viewport_size({"width": 390, "height": 760})
    page.goto(f"/contacts/{contact.pk}/")
    fact = page.locator("#fact-mobile")
    for above in (60, 90, 110):
        fact.evaluate(
            "(fact, above) =>"
            " scrollBy(0, fact.getBoundingClientRect().bottom - innerHeight + above)",
            above,
        )
        fact.locator("[data-edit-fact]").dispatch_event("click")
        expect(fact.locator("input:focus")).to_have_count(1)
        page.wait_for_function(IN_REACH)
        page.keyboard.press("Escape")
        expect(fact.locator("[data-edit-fact]")).to_be_focused()
    page.set_viewport_size({"width": 1440, "height": 400})
    fact.evaluate("(fact) => scrollBy(0, fact.getBoundingClientRect().bottom - innerHeight + 10)")
    fact.locator("[data-edit-fact]").dispatch_event("click")
    expect(fact.locator("input:focus")).to_have_count(1)
    change_contact(contact, mobile="+4799245111")
    page.keyboard.type("+4799245112")
    page.keyboard.press("Enter")
    expect(fact.locator("[data-clash]")).to_be_focused()
    button = fact.get_by_role("button", name="Save mine")
    expect(button).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    fact.locator("input:not([type=hidden])").first.press("Enter")
    expect(fact.locator("[data-clash]")).to_be_visible()
    assert state_of(contact.pk)["mobile"] != "+4799245112"
    button.click()
    expect(fact).to_contain_text("+47 99 24 51 12")
