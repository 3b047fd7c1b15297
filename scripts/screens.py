"""Pictures of every main page, to be looked at: light and dark, wide and narrow.

    scripts/screens [NAME ...]

A server of its own runs on demo data in a temporary folder; build/screens/ gets
<name>-<theme>-<width>.png. Exit code 1 if a page failed, stuck out or complained in the console.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "screens"
EMAIL, PASSWORD = "meera@example.com", "Correct-horse-7-battery"
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Screen:
    """`path` may hold {contact}, {id}, {company}, {sheet} or {checked}; then `keys` are pressed."""

    name: str
    path: str
    signed_in: bool = True
    keys: tuple[str, ...] = ()
    full: bool = False


SCREENS = (
    Screen("sign-in", "/sign-in/", signed_in=False),
    Screen("list", "/contacts/"),
    Screen("list-selected", "/contacts/", keys=("j", "x", "j", "j", "x", "j", "x")),
    Screen("list-found", "/contacts/?q=an"),
    Screen("list-nothing", "/contacts/?q=qqqqzzz"),
    Screen("list-columns", "/contacts/columns/"),
    Screen(
        "list-wide",
        "/contacts/?columns=city,state,country,contact_type,mobile,email,website,designation,company,priority,tags,manager,updated,code,industry&sort=-city",
    ),
    Screen("view-new", "/views/contact/new/?q=city:pune"),
    Screen("view-tabs", "/views/contact/tabs/"),
    Screen("list-peek", "/contacts/", keys=("j", "Space")),
    Screen("prospects", "/prospects/"),
    Screen("labels", "/contacts/labels/"),
    Screen("labels-of-one", "/contacts/labels/?id={id}"),
    Screen("export", "/contacts/export/"),
    Screen("picture", "{contact}picture/"),
    Screen("palette", "/contacts/", keys=("Control+k", "a", "n")),
    Screen("keys", "/contacts/", keys=("?",)),
    Screen("quick", "/contacts/", keys=("c",)),
    Screen("card", "{contact}"),
    Screen("card-company", "{company}"),
    Screen("card-sites", "{company}?tab=sites"),
    Screen("site-new", "{company}sites/"),
    Screen("edit", "{contact}edit/", full=True),
    Screen("make-customer", "{contact}customer/"),
    Screen("new", "/contacts/new/", full=True),
    Screen("delete", "{contact}delete/"),
    Screen("link", "{contact}links/"),
    Screen("card-history", "{contact}?tab=history"),
    Screen("trash", "/contacts/trash/"),
    Screen("trash-empty", "/contacts/trash/empty/"),
    Screen("notifications", "/jobs/"),
    Screen("exports", "/exports/"),
    Screen("imports", "/imports/"),
    Screen("import-new", "/imports/new/"),
    Screen("import-columns", "{sheet}columns/"),
    Screen("import-review", "{checked}"),
    Screen("import-row", "{checked}rows/3/"),
    Screen("profile", "/profile/"),
    Screen("settings", "/settings/"),
    Screen("company", "/settings/company/"),
    Screen("settings-nothing", "/settings/?find=qqqq"),
    Screen("numbers", "/settings/company/numbers/customer/"),
    Screen("fields", "/settings/fields/"),
    Screen("field", "/settings/fields/mobile/"),
    Screen("field-new", "/settings/fields/new/"),
    Screen("lists", "/settings/lists/"),
    Screen("list-of-tags", "/settings/lists/tag/"),
    Screen("list-of-currencies", "/settings/lists/currency/"),
    Screen("list-who", "/settings/lists/category/who/"),
    Screen("cities", "/settings/cities/"),
    Screen("users", "/settings/users/"),
    Screen("user-new", "/settings/users/new/"),
    Screen("user", "/settings/users/1/", full=True),
    Screen("teams", "/settings/teams/"),
    Screen("team-new", "/settings/teams/new/"),
    Screen("divisions", "/settings/divisions/"),
    Screen("division-new", "/settings/divisions/new/"),
    Screen("section-new", "/settings/fields/sections/new/"),
    Screen("roles", "/settings/roles/"),
    Screen("role-new", "/settings/roles/new/"),
    Screen("role", "/settings/roles/agent/", full=True),
    Screen("why", "/settings/why/?contact={id}&user=1"),
    Screen("security", "/settings/security/"),
    Screen("managers", "/settings/managers/"),
    Screen("not-found", "/no-such-page/"),
    Screen("gallery", "/gallery/", signed_in=False, full=True),
    Screen("gallery-list", "/gallery/list/", signed_in=False),
    Screen("gallery-card", "/gallery/card/", signed_in=False),
    Screen("gallery-form", "/gallery/form/", signed_in=False, full=True),
    Screen("gallery-map", "/gallery/map/", signed_in=False, full=True),
    Screen("gallery-review", "/gallery/review/", signed_in=False),
)
SHEET = """Name,Mobile Number,E-mail,Company,City,Remarks
Anjali Smithson,9327058088,anjali@horustech.example,Horus Tech Solutions,Ahmedabad,Key contact
Ishita Sawith,12,ishita@horustech.example,Horus Tech Solutions,Ahmedabad,
Anjali S,9327058088,,,Pune,The same person again
Chloé Smyth,+47 992 45 110,chloe.smyth(at)nordvik.example,Nordvik Møbler AS,Tromsø,
محمد الأنصاري,+971 50 123 4567,m@khaleej.example,,دبي,
"""
FIND = """kind => fetch('/contacts/?kind=' + kind).then(r => r.text()).then(html =>
    (html.match(/data-href="([^"]+)"/) || [])[1] || '/contacts/1/')"""


def main(names: list[str]) -> int:
    wanted = [s for s in SCREENS if not names or s.name in names]
    OUT.mkdir(parents=True, exist_ok=True)
    with server() as url, sync_playwright() as playwright:
        browser = open_browser(playwright)
        wrong = [line for theme in ("light", "dark") for width in (1440, 390)
                 for line in photograph(browser, url, wanted, theme, width)]  # fmt: skip
        browser.close()
    print(*wrong, sep="\n", file=sys.stderr)
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}")
    return 1 if wrong else 0


def open_browser(playwright: Playwright) -> Browser:
    chromium = os.environ.get("KITH_CHROMIUM") or shutil.which("chromium")
    return playwright.chromium.launch(executable_path=chromium, args=list(QUIET))


def photograph(
    browser: Browser, url: str, screens: list[Screen], theme: Any, width: int
) -> Iterator[str]:
    size: Any = {"width": width, "height": 900 if width > 800 else 844}
    looks: Any = {"viewport": size, "color_scheme": theme, "base_url": url}
    inside, outside = browser.new_context(**looks), browser.new_context(**looks)
    insider, outsider = inside.new_page(), outside.new_page()
    places = sign_in(insider)
    for screen in screens:
        page = insider if screen.signed_in else outsider
        yield from shoot(page, screen, places, f"{screen.name}-{theme}-{width}")
    inside.close()
    outside.close()


def sign_in(page: Page) -> dict[str, str]:
    page.goto("/sign-in/")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.locator("form:has([name=password]) button[type=submit], form button.btn-primary").click()
    page.wait_for_load_state("networkidle")
    contact = page.evaluate(FIND, "person")
    return {
        "contact": contact,
        "id": contact.strip("/").rpartition("/")[2],
        "company": page.evaluate(FIND, "company"),
        "sheet": upload(page),
        "checked": check(page),
    }


def upload(page: Page) -> str:
    """The address of an import that waits to be looked at."""
    page.goto("/imports/new/")
    sheet: Any = {"name": "clients.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
    page.set_input_files("[type=file]", sheet)
    page.locator("form:has([type=file]) button.btn-primary").click()
    page.wait_for_url(re.compile(r"/imports/\d+/"))
    page.wait_for_load_state("networkidle")
    found = re.search(r"/imports/\d+/", page.url)
    return found[0] if found else "/imports/"


def check(page: Page) -> str:
    """The address of an import whose rows were checked, or are being."""
    address = upload(page)
    page.locator("form:has(select) button.btn-primary").last.click()
    page.wait_for_url(re.compile(rf"{address}$"))
    page.wait_for_timeout(1500)
    return address


def shoot(page: Page, screen: Screen, places: dict[str, str], name: str) -> Iterator[str]:
    said: list[str] = []
    listen = lambda message: said.append(message.text) if message.type == "error" else None  # noqa: E731
    page.on("console", listen)
    answer = page.goto(screen.path.format(**places))
    page.wait_for_load_state("networkidle")
    for key in screen.keys:
        page.keyboard.press(key)
    page.wait_for_timeout(400 if screen.keys else 80)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=OUT / f"{name}.png", full_page=screen.full)
    page.remove_listener("console", listen)
    status = answer.status if answer else 0
    if status >= 400 and screen.name != "not-found":
        yield f"{name}: {screen.path} answered {status}"
    elif status < 400:
        yield from (f"{name}: {line[:160]}" for line in said)
    width = page.viewport_size["width"] if page.viewport_size else 0
    if page.evaluate("document.documentElement.scrollWidth") > width:
        yield f"{name}: wider than the window"


@contextmanager
def server() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="kith-screens-") as folder, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        settings = {
            "KITH_DATA_DIR": folder,
            "KITH_GALLERY": "yes",
            "KITH_PORT": str(port),
            "KITH_ADMIN_EMAIL": EMAIL,
            "KITH_ADMIN_PASSWORD": PASSWORD,
            "PYTHONPATH": f"{ROOT / 'src'}",
        }
        env = {k: v for k, v in os.environ.items() if not k.startswith("KITH_")} | settings
        kith("migrate", env=env)
        kith("prepare", env=env)
        kith("demo", "--contacts", "300", "--seed", "7", env=env, needed=False)
        with subprocess.Popen([sys.executable, "-m", "kith", "serve"], env=env) as process:
            url = f"http://127.0.0.1:{port}"
            try:
                wait_for(url)
                yield url
            finally:
                process.terminate()


def kith(*arguments: str, env: dict[str, str], needed: bool = True) -> None:
    command = [sys.executable, "-m", "kith", *arguments]
    subprocess.run(command, env=env, check=needed, stdout=subprocess.DEVNULL)


def wait_for(url: str) -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{url}/sign-in/", timeout=2).close()
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise SystemExit("The server did not start.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
