"""Fields are put in order by keyboard; a form says what is needed as one fills it."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.customfields.services.fields import field_create
from kith.reference.models import Option

from .looking import check

PageOf = Callable[[User], Page]

# Two keys before the page does anything else, as on a busy machine: Tom Select opens a dropdown
# in two goes, and the second one came after Escape.
DOWN_AND_ESCAPE = """(input) => {
  for (const [key, keyCode] of [["ArrowDown", 40], ["Escape", 27]])
    input.dispatchEvent(
      new KeyboardEvent("keydown", { key, keyCode, bubbles: true, cancelable: true }));
  return new Promise((done) => setTimeout(() => setTimeout(done)));
}"""


def _drag_by_finger(page: Page, row: Locator, to: Locator) -> None:
    """Playwright has fingers that tap only; Chromium's own protocol has those that move."""
    finger = page.context.new_cdp_session(page)
    row.evaluate("(row) => row.scrollIntoView({ block: 'center' })")  # At an edge it scrolls.
    start, end = row.locator("[data-grip]").bounding_box(), to.bounding_box()
    assert start
    assert end
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    for kind, at in (("touchStart", y), ("touchMove", (y + end["y"]) / 2), ("touchMove", end["y"])):
        points = [{"x": x, "y": at}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_shaping_by_keyboard(administrator: User, page_of: PageOf) -> None:
    customer = Option.objects.get(list_name="contact_type", name="Customer").pk
    field_create(
        actor=SYSTEM, label="Club", kind="text", section="card", required_for=[f"type:{customer}"]
    )
    page = page_of(administrator)
    page.goto("/settings/fields/")
    assert check(page) == []
    page.get_by_role("button", name="Move Club up").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".k-fields").first.locator("li").nth(-2)).to_contain_text("Club")
    expect(page.get_by_role("button", name="Move Club up")).to_be_focused()
    fields = page.locator(".k-fields").first.locator("li")
    with page.expect_response("**/x_club/move/"):
        _drag_by_finger(page, fields.nth(-2), fields.nth(-5))
    page.reload()
    expect(fields.nth(-5)).to_contain_text("Club")

    page.goto("/contacts/new/")
    page.locator("#id_name").fill("Anjali")
    needed = page.locator("[data-why]")
    expect(needed).not_to_contain_text("Club")
    # A dropdown that Tab reaches stays closed over what follows, until it is asked for.
    choice, offered = page.locator("#id_contact_type-ts-control"), "#id_contact_type-ts-dropdown"
    choice.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(choice).to_be_focused()
    expect(page.locator(offered)).to_be_hidden()
    page.keyboard.press("ArrowDown")
    expect(page.locator(offered)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(offered)).to_be_hidden()
    choice.evaluate(DOWN_AND_ESCAPE)
    assert not page.locator(offered).is_visible()
    choice.click()
    page.locator(f"{offered} [role=option]").nth(1).click()
    expect(needed).to_contain_text("Club")
    expect(page.locator(offered)).to_be_hidden()
    choice.press("ArrowDown")  # What stands for nothing is offered first.
    page.locator(f"{offered} [role=option]").first.click()
    expect(needed).not_to_contain_text("Club")
    expect(page.locator(offered)).to_be_hidden()
    choice.press("ArrowDown")
    page.locator(f"{offered} [role=option]").nth(1).click()
    page.locator("#id_x_club").fill("A 7")
    expect(needed).not_to_contain_text("Club")
