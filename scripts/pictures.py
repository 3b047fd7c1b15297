"""The pictures of the guides, made anew: docs/pictures/<name>.png, each small.

    scripts/pictures [NAME ...]

The pages are those of `scripts/screens`, on the same demo data; the colours are reduced until a
picture is small enough for a repository that everybody copies.
"""

import io
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright
from screens import ROOT, Screen, open_browser, server, sign_in

OUT = ROOT / "docs" / "pictures"
MOST_BYTES = 60_000
WIDTH, HEIGHT = 1200, 760
SOMEBODY = """() => fetch('/contacts/?q=designation:director').then(r => r.text()).then(html =>
    (html.match(/data-href="([^"]+)"/) || [])[1] || '/contacts/1/')"""
"""The address of a contact of whom something is known."""
PICTURES = (
    Screen("list", "/contacts/?kind=person"),
    Screen(
        "view", "/contacts/?q=kind:person&columns=company,city,country,email,updated&sort=-priority"
    ),
    Screen("card", "{contact}"),
    Screen("form", "/contacts/new/"),
    Screen("sites", "{company}?tab=sites"),
    Screen("import-columns", "{sheet}columns/"),
    Screen("import-review", "{checked}"),
    Screen("export", "/contacts/export/"),
    Screen("labels", "/contacts/labels/?id={id}"),
    Screen("company", "/settings/company/"),
    Screen("lists", "/settings/lists/"),
    Screen("fields", "/settings/fields/"),
    Screen("users", "/settings/users/"),
    Screen("role", "/settings/roles/agent/"),
    Screen("why", "/settings/why/?contact={id}&user=1"),
)


def main(names: list[str]) -> int:
    wanted = [each for each in PICTURES if not names or each.name in names]
    with server() as url, sync_playwright() as playwright:
        browser = open_browser(playwright)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, base_url=url)
        places = sign_in(page) | {"contact": page.evaluate(SOMEBODY)}
        for screen in wanted:
            keep(OUT / f"{screen.name}.png", picture_of(page, screen, places))
        browser.close()
    return 0


def picture_of(page: Page, screen: Screen, places: dict[str, str]) -> bytes:
    page.goto(screen.path.format(**places))
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    return page.screenshot()


def keep(path: Path, drawn: bytes) -> None:
    """With as many colours as fit. Raises SystemExit where even few are too many."""
    picture = Image.open(io.BytesIO(drawn)).convert("RGB")
    for colours in (128, 64, 32, 16):
        packed = io.BytesIO()
        reduced = picture.quantize(
            colours, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        reduced.save(packed, "PNG", optimize=True)
        if packed.tell() < MOST_BYTES:
            path.write_bytes(packed.getvalue())
            print(f"{path.name}: {packed.tell() // 1000} KB, {colours} colours")
            return
    raise SystemExit(f"{path.name} does not get small enough.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
