"""The fragment of running jobs, as a real browser draws it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from kith.accounts.models import User


def test_somebody_without_jobs_is_told_so(agent: User, page_of: Callable[[User], Page]) -> None:
    page = page_of(agent)
    page.goto("/jobs/")
    expect(page.get_by_text("Nothing is running.")).to_be_visible()
