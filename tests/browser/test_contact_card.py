"""The card and the forms in a real browser, by keyboard."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from kith.accounts.models import User
from kith.contacts.models import Contact
from kith.contacts.pages.loading import state_of
from tests.contacts import change_contact, make_contact

from .looking import found_wrong, ready

PageOf = Callable[[User], Page]


def test_quick_add_by_keyboard_and_undo_from_the_toast(agent: User, page_of: PageOf) -> None:
    make_contact(name="Anjali Smithson", email="anjali@horus.in")
    page = page_of(agent)
    page.goto("/contacts/")
    page.keyboard.press("c")
    page.keyboard.type("Anjali Smithsen")  # At once: no letter is lost while the dialog comes.
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Name", exact=True)).to_be_focused()
    expect(dialog.get_by_label("Name", exact=True)).to_have_value("Anjali Smithsen")
    page.keyboard.press("Tab")
    page.keyboard.type("Horus Tech")
    expect(dialog.get_by_text("Perhaps already here")).to_be_visible()
    dialog.get_by_role("button", name="Add", exact=True).dblclick()  # It is sent once.
    expect(page.get_by_role("heading", name="Anjali Smithsen")).to_be_visible()
    assert Contact.objects.count() == 3
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone")).to_be_visible()
    assert Contact.objects.get().name == "Anjali Smithson"


NO_NETWORK = """() => {
    const { open, send } = XMLHttpRequest.prototype;
    XMLHttpRequest.prototype.open = function (method, ...rest) {
        this.method = method;
        open.call(this, method, ...rest);
    };
    XMLHttpRequest.prototype.send = function (body) {
        if (this.method !== "POST") return send.call(this, body);
        window.pending = document.querySelector("#fact-city .k-pending").innerText;
        Object.assign(XMLHttpRequest.prototype, { open, send });
        setTimeout(() => this.dispatchEvent(new ProgressEvent("error")));
    };
}"""
"""For one request; notes what is shown meanwhile. Playwright lets a held one go now and then."""


def test_a_fact_is_changed_by_keyboard_and_taken_back(agent: User, page_of: PageOf) -> None:
    contact = make_contact(city="Surat")
    page = page_of(agent)
    page.goto(f"/contacts/{contact.pk}/")
    page.get_by_role("link", name="Change City").focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("combobox", name="City")
    expect(field).to_be_focused()
    field.fill("Nowhere")
    expect(page.get_by_role("option", name="Nowhere")).to_be_visible()
    page.keyboard.press("Escape")  # Takes away what is offered, and then the field.
    expect(page.get_by_role("option", name="Nowhere")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator("#fact-city dd")).to_have_text("Surat")
    page.get_by_role("link", name="Change City").press("Enter")
    expect(field).to_be_focused()
    field.fill("Pune")
    page.evaluate(NO_NETWORK)
    page.keyboard.press("Enter")  # The network fails: what was typed is back to be sent again.
    expect(page.locator("#toasts")).to_contain_text("did not answer")
    assert page.evaluate("window.pending") == "Pune"
    expect(field).to_be_focused()
    expect(field).to_have_value("Pune")
    page.keyboard.press("Enter")
    expect(page.locator("#fact-city dd")).to_have_text("Pune")
    expect(page.locator("#history")).to_contain_text("Pune")
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.locator("#fact-city dd")).to_have_text("Surat")
    # Beside the last of a hundred facts the other columns are still in sight.
    page.evaluate("document.querySelectorAll('.k-facts details').forEach((e) => (e.open = true))")
    page.locator(".k-facts dd").last.scroll_into_view_if_needed()
    expect(page.get_by_role("heading", name="Anjali Smithson")).not_to_be_in_viewport()
    expect(page.get_by_role("heading", name="Sites")).to_be_in_viewport()


def test_two_people_at_once_choose(
    agent: User, manager: User, page_of: PageOf, page_beside: PageOf
) -> None:
    """In two browsers; each field that both have touched is chosen for itself."""
    contact = make_contact(district="Surat", area="Adajan")
    mine, theirs = page_of(agent), page_beside(manager)
    for page in (mine, theirs):
        page.goto(f"/contacts/{contact.pk}/edit/")
    for label, value in (("District", "Rajkot"), ("Area", "Kalawad Road")):
        theirs.get_by_label(label, exact=True).fill(value)
    theirs.get_by_role("button", name="Save").click()
    expect(theirs).to_have_url(f"/contacts/{contact.pk}/")
    mine.get_by_label("District", exact=True).fill("Pune")
    mine.get_by_label("Area", exact=True).fill("Camp")
    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_text(f"{manager.name} changed this")).to_be_visible()
    for value in ("Rajkot", "Pune", "Kalawad Road", "Camp"):
        expect(mine.get_by_role("radio", name=value)).to_be_visible()
    mine.get_by_role("radio", name="Pune").check()
    mine.get_by_role("radio", name="Kalawad Road").check()
    mine.get_by_role("button", name="Save").click()
    expect(mine).to_have_url(f"/contacts/{contact.pk}/")
    state = state_of(contact.pk)
    assert (state["district"], state["area"]) == ("Pune", "Kalawad Road")


def test_a_picture_is_cut_by_keyboard_and_a_sensitive_value_shown(
    manager: User, page_of: PageOf, tmp_path: Path
) -> None:
    contact = make_contact(aadhaar="234123412346")
    face = tmp_path / "face.png"
    Image.new("RGB", (90, 60), "red").save(face)
    page = page_of(manager)
    page.goto(f"/contacts/{contact.pk}/")
    page.get_by_role("button", name="Show Aadhaar").click()
    shown = page.locator("#fact-aadhaar")
    expect(shown).to_contain_text("2341")
    expect(shown.get_by_role("button", name="Hide")).to_be_focused()
    page.keyboard.press("Enter")
    expect(shown).not_to_contain_text("2341")
    page.get_by_role("link", name="Change the picture").press("Enter")
    none = tmp_path / "none.png"
    none.write_bytes(b"no picture")
    page.locator("input[type=file]").set_input_files(none)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_be_visible()
    ready(page)
    page.locator("input[type=file]").set_input_files(face)
    cut = page.get_by_role("application")
    expect(cut).to_be_visible()
    expect(page.get_by_role("dialog").get_by_role("alert")).to_have_count(0)
    for key in ("+", "ArrowRight", "ArrowDown"):
        cut.press(key)
    assert int(page.locator("input[name=left]").input_value()) > 15
    assert int(page.locator("input[name=side]").input_value()) < 60
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".k-face img")).to_have_js_property("naturalWidth", 128)  # It has come.


def test_the_form_lights_up_and_asks_before_it_is_left(agent: User, page_of: PageOf) -> None:
    page = page_of(agent)
    page.goto("/contacts/new/")
    expect(page.get_by_text("Still needed: Name")).to_be_visible()
    page.get_by_label("Name", exact=False).first.focus()
    page.locator("#id_name").fill("Anjali")
    expect(page.get_by_text("Still needed")).to_have_count(0)
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        page.get_by_role("link", name="Company").click()
    assert asked.value.type == "beforeunload"
    expect(page.locator("#id_name")).to_have_value("Anjali")


@pytest.mark.any_database
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
    urls = (
        card,
        f"{card}?tab=history",
        f"{card}edit/",
        f"{card}links/?q=horus",
        f"{card}delete/",
        "/contacts/new/",
        "/contacts/quick/",
    )
    wrong = {url: found_wrong(page, url) for url in urls}
    assert not any(wrong.values()), wrong


def test_whom_to_link_is_chosen_by_keyboard(agent: User, page_of: PageOf) -> None:
    contact = make_contact(name="Anjali")
    make_contact(name="Horus Tech", kind="company")
    make_contact(name="Horus Labs", kind="company")
    page = page_of(agent)
    page.goto(f"/contacts/{contact.pk}/links/")
    box = page.get_by_role("searchbox", name="Whom")
    box.fill("Horus")
    answer = page.get_by_role("radio", name="Horus Labs")
    expect(answer).to_be_visible()
    box.press("Enter")
    first = page.get_by_role("radio").first
    expect(first).to_be_focused()
    expect(first).to_be_checked()
    first.press("ArrowUp")
    expect(box).to_be_focused()
    box.press("ArrowDown")
    expect(first).to_be_focused()
    first.press("Enter")
    expect(first).to_be_checked()
    assert page.url.endswith("/links/")
    expect(page.get_by_text("Choose the contact")).to_have_count(0)
