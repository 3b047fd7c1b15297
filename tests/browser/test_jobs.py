"""The running jobs of the top bar, as a real browser draws them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from kith.accounts.models import User
from kith.contacts.context import reading_context
from kith.contacts.record import CONTACT
from kith.core import clock
from kith.jobs import registry, services
from kith.jobs.models import State
from kith.records.checking import Draft
from kith.records.door import change_set


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


def test_a_list_shows_what_a_job_has_changed_when_it_ends(
    manager: User, page_of: Callable[[User], Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry._functions, "count", lambda progress: None)
    job = services.start("count", title="Counting sheep", user=manager, total=3, undo="/back/")
    page = page_of(manager)
    page.goto("/contacts/")
    expect(page.locator("tbody tr")).to_have_count(0)
    with change_set(actor=manager, door="screen", context=reading_context("IN")) as changes:
        changes.save(CONTACT, Draft({"name": "Anjali Smithson"}))
    job.state, job.done, job.finished_at = State.DONE, 3, clock.now()
    job.save()
    expect(page.locator("#toasts")).to_contain_text("Counting sheep: done")
    expect(page.locator("#toasts form[action='/back/']")).to_have_count(1)
    expect(page.locator("tbody tr")).to_have_count(1)
