from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from kith.accounts.models import User
from kith.core import clock

START = clock.now()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    return lambda after: monkeypatch.setattr(clock, "now", lambda: START + after)


def is_in(client: Client) -> bool:
    return client.get("/jobs/").status_code == 200


def test_an_idle_session_ends_and_a_used_one_does_not(
    agent: User, signed_in: Callable[[User], Client], at: Callable[[timedelta], None]
) -> None:
    client, idle = signed_in(agent), signed_in(agent)
    for hours in (0, 11, 22):
        at(timedelta(hours=hours))
        assert is_in(client)
        if hours != 11:
            assert is_in(idle) == (hours == 0)


def test_no_session_outlives_its_days(
    agent: User, signed_in: Callable[[User], Client], at: Callable[[timedelta], None]
) -> None:
    client = signed_in(agent)
    for hours in range(0, 14 * 24 + 1, 8):
        at(timedelta(hours=hours))
        assert is_in(client)
    at(timedelta(days=14, hours=1))
    assert not is_in(client)


def test_an_ordinary_page_writes_no_session(
    agent: User, signed_in: Callable[[User], Client], django_assert_num_queries
) -> None:
    client = signed_in(agent)
    client.get("/jobs/")
    with django_assert_num_queries(3):  # session, user, jobs
        client.get("/jobs/")
