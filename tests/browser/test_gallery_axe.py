"""Every part of the kit, light and wide, dark and narrow: axe finds nothing, nothing sticks out."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from .looking import found_wrong

pytestmark = pytest.mark.any_database

PAGES = ("", "list/", "empty/", "card/", "form/", "quick/", "map/", "review/", "sign-in/", "error/")


@pytest.mark.parametrize(("theme", "width"), [("light", 1440), ("dark", 360)])
def test_axe_finds_nothing(browser: Browser, live_server: Any, theme: Any, width: int) -> None:
    size: Any = {"width": width, "height": 900}
    context = browser.new_context(
        viewport=size, color_scheme=theme, reduced_motion="reduce", base_url=live_server.url
    )
    page = context.new_page()
    wrong = {name: found_wrong(page, f"/gallery/{name}") for name in PAGES}
    context.close()
    assert not any(wrong.values()), "\n".join(
        f"{name}: {line}" for name, ls in wrong.items() for line in ls
    )
