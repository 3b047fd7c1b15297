"""What a page looks like to axe and to somebody with a narrow window, once its scripts have run."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
READY = """() => document.readyState === "complete" && document.fonts.status === "loaded"
    && !document.querySelector("select[data-choice]:not(.tomselected), .htmx-request")"""
RUN = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await axe.run(document, {runOnly: {type: "tag", values: tags}});
    return found.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html + " " +
        n.any.concat(n.all).map(c => c.message).join(" ")).join(" | "));
}"""


def ready(page: Page) -> None:
    """Waits until the scripts of the page answer keys: goto() does, a click on a link does not."""
    page.wait_for_function(READY)


def found_wrong(page: Page, path: str) -> list[str]:
    """What axe says of the page, and whether it is wider than the window."""
    page.goto(path)
    return check(page) + sticks_out(page)


def check(page: Page) -> list[str]:
    ready(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN)
    return found


def sticks_out(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth")
    window = page.evaluate("window.innerWidth")
    return [f"{wide} px wide"] if wide > window else []
