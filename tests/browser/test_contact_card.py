"""The card and the forms in a real browser, by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from kith.accounts.models import User
from kith.contacts.models import Contact
from kith.contacts.pages.loading import state_of
from tests.contacts import change_contact, make_contact

from .test_gallery_axe import check

PageOf = Callable[[User], Page]


def test_quick_add_by_keyboard_and_undo_from_the_toast(agent: User, page_of: PageOf) -> None:
    make_contact(name="Anjali Smithson", email="anjali@horus.in")
    page = page_of(agent)
    page.goto("/contacts/")
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    page.keyboard.type("Anjali Smithsen")
    page.keyboard.press("Tab")
    page.keyboard.type("Horus Tech")
    expect(dialog.get_by_text("Perhaps already here")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Anjali Smithsen")).to_be_visible()
    assert Contact.objects.count() == 3
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone")).to_be_visible()
    assert Contact.objects.get().name == "Anjali Smithson"


def test_a_fact_is_changed_by_keyboard_and_taken_back(agent: User, page_of: PageOf) -> None:
    contact = make_contact(city="Surat")
    page = page_of(agent)
    page.goto(f"/contacts/{contact.pk}/")
    page.get_by_role("link", name="Change City").focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("combobox", name="City")
    expect(field).to_be_focused()
    field.fill("Nowhere")
    page.keyboard.press("Escape")
    expect(page.locator("#fact-city dd")).to_have_text("Surat")
    page.get_by_role("link", name="Change City").press("Enter")
    field.fill("Pune")
    page.keyboard.press("Enter")
    expect(page.locator("#fact-city dd")).to_have_text("Pune")
    expect(page.locator("#history")).to_contain_text("Pune")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator("#fact-city dd")).to_have_text("Surat")


def test_two_people_at_once_choose(agent: User, manager: User, page_of: PageOf) -> None:
    contact = make_contact(city="Surat", area="Adajan")
    page = page_of(agent)
    page.goto(f"/contacts/{contact.pk}/edit/")
    page.get_by_label("City").fill("Pune")
    change_contact(contact, manager, city="Rajkot", area="Kalawad Road")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(f"{manager.name} changed this")).to_be_visible()
    page.get_by_role("radio", name="Pune").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Anjali Smithson")).to_be_visible()
    state = state_of(contact.pk)
    assert (state["city"], state["area"]) == ("Pune", "Kalawad Road")


def test_the_form_lights_up_and_asks_before_it_is_left(agent: User, page_of: PageOf) -> None:
    page = page_of(agent)
    page.goto("/contacts/new/")
    expect(page.get_by_text("Still needed: Name")).to_be_visible()
    page.get_by_label("Name", exact=False).first.focus()
    page.locator("#id_name").fill("Anjali")
    expect(page.get_by_text("Still needed")).to_have_count(0)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="Company").click()
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(agent: User, page_of: PageOf, scheme: Any) -> None:
    contact = make_contact(
        company="Horus Tech", mobile="+919327058088", email="a@b.in", tags="key, vip",
        priority=4, remarks="Two\nlines",
    )  # fmt: skip
    change_contact(contact, agent, designation="Export manager")
    page = page_of(agent)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    card = f"/contacts/{contact.pk}/"
    wrong = {}
    for url in (card, f"{card}?tab=history", f"{card}edit/", f"{card}links/?q=horus",
                f"{card}delete/", "/contacts/new/", "/contacts/quick/"):  # fmt: skip
        page.goto(url)
        page.wait_for_load_state("networkidle")
        wrong |= {url: found} if (found := check(page)) else {}
    assert not wrong
