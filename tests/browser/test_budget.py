"""What a first visit costs: at most 200 KB compressed without fonts, in at most 12 requests."""

import gzip
from typing import Any

import pytest
from playwright.sync_api import Page, Response

pytestmark = pytest.mark.any_database

MOST_BYTES, MOST_REQUESTS = 200_000, 12


def test_a_first_visit_to_the_list_is_light(page: Page, live_server: Any) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 (Playwright marks it)
    page.goto("/gallery/list/")
    page.wait_for_load_state("networkidle")
    sizes = {a.url: len(gzip.compress(a.body())) for a in answers if not a.url.endswith(".woff2")}
    assert all(url.startswith(live_server.url) for url in sizes)
    assert sum(sizes.values()) < MOST_BYTES, sizes
    assert len(answers) <= MOST_REQUESTS, [a.url for a in answers]


def test_a_later_page_is_only_its_own_text(page: Page, live_server: Any) -> None:
    answer = page.goto("/gallery/card/")
    assert answer is not None
    assert len(gzip.compress(answer.body())) < 30_000
