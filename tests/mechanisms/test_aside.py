"""Generators that run in a second process: what they give, and how they end."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest
from django.db import connection

from kith.core.aside import Aside, Gone, let_connections_go
from kith.core.errors import Refused

LARGE = "x" * 100_000


def counting(most: int) -> Generator[tuple[int, str], None, None]:
    for number in range(most):
        yield number, LARGE


def gone(process: int) -> bool:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def test_all_items_come_in_their_order() -> None:
    with Aside(lambda: counting(50)) as aside:
        assert list(aside) == [(number, LARGE) for number in range(50)]


def test_what_it_raises_is_raised_here() -> None:
    def failing() -> Generator[int, None, None]:
        yield os.getpid()
        raise Refused("in words", code="so")

    with Aside(failing) as aside:
        assert next(aside) != os.getpid()
        with pytest.raises(Refused, match="in words") as raised:
            next(aside)
    assert raised.value.code == "so"


@pytest.mark.django_db
def test_it_has_no_connection_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not of those either that a running loop hides there; two would read each other's answers."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    connection.ensure_connection()

    def looking() -> Generator[bool, None, None]:
        yield connection.connection is None

    async def within_a_loop() -> bool:
        let_connections_go()
        with Aside(looking) as aside:
            return next(aside)

    assert asyncio.run(within_a_loop())
    assert connection.connection is not None


def test_one_that_is_killed_is_gone() -> None:
    def endless() -> Generator[int, None, None]:
        yield os.getpid()
        os.kill(os.getpid(), signal.SIGKILL)
        yield 0

    with Aside(endless) as aside:
        next(aside)
        with pytest.raises(Gone):
            next(aside)


def test_it_ends_in_order_when_nobody_listens_any_more(tmp_path: Path) -> None:
    def endless() -> Generator[int, None, None]:
        try:
            while True:
                yield os.getpid()
        finally:
            (tmp_path / "ended").touch()

    with Aside(endless) as aside:
        process = next(aside)
    assert gone(process)
    assert (tmp_path / "ended").exists()


PARENT = """
import os, signal, time
from kith.core.aside import Aside

def sleeping():
    yield os.getpid()
    time.sleep(60)

aside = Aside(sleeping)
print(next(aside), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_does_not_outlive_who_is_killed(tmp_path: Path) -> None:
    source = str(Path(__file__).parents[2] / "src")
    ran = subprocess.run(
        [sys.executable, "-c", PARENT],
        env={
            "PYTHONPATH": source,
            "DJANGO_SETTINGS_MODULE": "kith.config.base",
            "KITH_DATA_DIR": str(tmp_path),
        },
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    assert gone(int(ran.stdout))
