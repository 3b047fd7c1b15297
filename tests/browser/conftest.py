"""A real Chromium, the one that the system has, in front of a live server."""

import os
import shutil
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from kith.accounts.models import User
from kith.reference.models import Option

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


# A busy machine is no error: what is waited for is waited for until it is there. KITH_TEST_SLOW=6
# makes the browser's scripts six times as slow, to find tests that would not wait.
PATIENCE = 60_000
SLOWER = int(os.environ.get("KITH_TEST_SLOW", "1"))
expect.set_options(timeout=PATIENCE)

# Messages go after some seconds, before a busy machine may have found their button.
LASTING = """(() => {
  const later = window.setTimeout;
  window.setTimeout = (work, ms, ...given) => later(work, ms > 5000 ? 600000 : ms, ...given);
})()"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(autouse=True)
def reference_data(transactional_db: None) -> None:
    """Emptying the tables takes along what the migrations put there. Django's own way to bring
    it back (serialized_rollback) does not find its copy beside Playwright's event loop."""
    if not Option.objects.exists():
        import_module("kith.reference.migrations.0002_first_options").add(apps, None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = os.environ.get("KITH_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.fail("Chromium was not found; make test installs it, or set KITH_CHROMIUM.")
    return {**browser_type_launch_args, "executable_path": chromium, "args": list(QUIET)}


@pytest.fixture
def new_context(new_context: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    def made(**asked: Any) -> BrowserContext:
        context = new_context(**asked)
        context.set_default_timeout(PATIENCE)
        context.add_init_script(LASTING)
        if SLOWER > 1:
            context.on("page", _slow)
        return context

    return made


def _slow(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


@pytest.fixture
def browser_context_args(browser_context_args: dict[str, Any], live_server: Any) -> dict[str, Any]:
    size = {"width": 1440, "height": 900}
    return {**browser_context_args, "base_url": live_server.url, "viewport": size}


SignIn = Callable[[User], Client]


def open_page(context: BrowserContext, user: User, url: str, signed_in: SignIn) -> Page:
    cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])
    return context.new_page()


@pytest.fixture
def page_of(context: BrowserContext, live_server: Any, signed_in: SignIn) -> Callable[[User], Page]:
    """page_of(user) is a browser page in that user's session."""
    return lambda user: open_page(context, user, live_server.url, signed_in)


@pytest.fixture
def page_beside(
    new_context: Callable[[], BrowserContext], live_server: Any, signed_in: SignIn
) -> Callable[[User], Page]:
    """The same in a browser of its own, for somebody else at the same time."""
    return lambda user: open_page(new_context(), user, live_server.url, signed_in)
