"""Searches of one process are answered side by side."""

from threading import Event, Thread
from typing import Any

import pytest

from kith.contacts.listing import selection
from kith.contacts.listing.selection import Selection

LONG = 30.0
"""Only who waits in vain waits so long."""


def asking(words: Any) -> Selection:
    found = object.__new__(Selection)
    vars(found)["_narrowing"] = words
    return found


def test_a_slow_search_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = Event(), Event()

    def about(_documents: Any, words: Any) -> int:
        if words == "slow":
            begun.set()
            go_on.wait(2 * LONG)
        return 0

    monkeypatch.setattr(selection, "about", about)
    slow, quick = (
        Thread(target=lambda words=words: asking(words)._about, daemon=True)
        for words in ("slow", "quick")
    )
    slow.start()
    assert begun.wait(LONG)
    quick.start()
    quick.join(LONG)
    held_up = quick.is_alive()
    go_on.set()
    slow.join(LONG)
    assert not held_up
