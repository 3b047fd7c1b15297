"""Who does long work lets those pass who wait to write."""

import time
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection

from kith.core import turns


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_whoever_waits_is_let_pass_and_nobody_is_waited_for_in_vain(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Path(connection.settings_dict["NAME"])
    waits, passed = Event(), Event()

    def writer() -> None:
        with turns.waiting(database):
            waits.set()
            passed.wait(60)

    def seconds() -> float:
        began = time.monotonic()
        turns.give_way()
        return time.monotonic() - began

    monkeypatch.setattr(turns, "AT_MOST_SECONDS", 60)
    assert seconds() < 30
    Thread(target=writer, daemon=True).start()
    waits.wait(60)
    monkeypatch.setattr(turns, "AT_MOST_SECONDS", 0.05)
    assert seconds() >= 0.05
    monkeypatch.setattr(turns, "AT_MOST_SECONDS", 60)
    Thread(target=lambda: (time.sleep(0.02), passed.set()), daemon=True).start()
    assert seconds() < 30
