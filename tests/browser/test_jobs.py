"""The running jobs of the top bar, as a real browser draws them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kith.accounts.models import User
from kith.jobs import registry, services
from kith.jobs.models import State


def test_a_waiting_job_is_shown_and_can_be_stopped(
    agent: User, page_of: Callable[[User], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry._functions, "count", lambda progress: None)
    job = services.start("count", title="Counting sheep", user=agent, total=3)
    page = page_of(agent)
    page.goto("/jobs/")
    page.get_by_text("Counting sheep").first.click()
    page.locator("#main").get_by_role("button", name="Stop").click()
    expect(page.get_by_role("button", name="Stop")).to_have_count(0)
    job.refresh_from_db()
    assert job.state == State.CANCELLED
