"""Every part of the kit, light and dark, wide and narrow: axe finds nothing, nothing sticks out."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("", "list/", "empty/", "card/", "form/", "quick/", "map/", "review/", "sign-in/", "error/")
RUN = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await axe.run(document, {runOnly: {type: "tag", values: tags}});
    return found.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html + " " +
        n.any.concat(n.all).map(c => c.message).join(" ")).join(" | "));
}"""


def check(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(RUN)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 360])
def test_axe_finds_nothing(browser: Browser, live_server: Any, theme: Any, width: int) -> None:
    size: Any = {"width": width, "height": 900}
    context = browser.new_context(
        viewport=size, color_scheme=theme, reduced_motion="reduce", base_url=live_server.url
    )
    page = context.new_page()
    wrong: dict[str, list[str]] = {}
    for name in PAGES:
        page.goto(f"/gallery/{name}")
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.documentElement.scrollWidth")
        sticks_out = [f"{wide} px wide"] if wide > width else []
        found = check(page) + sticks_out
        if found:
            wrong[name] = found
    context.close()
    assert not wrong, "\n".join(f"{name}: {line}" for name, ls in wrong.items() for line in ls)
