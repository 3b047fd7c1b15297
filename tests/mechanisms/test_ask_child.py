"""A child that reads hostile files is asked again and again, whatever becomes of it."""

import os
import sys

import pytest

from kith.core import child_process
from kith.core.child_process import ChildFailed, Servant

SCRIPT = """
import json, os, sys, time
for number, line in enumerate(sys.stdin):
    wish = json.loads(line)["wish"]
    if wish == "die" or (wish == "die when worn out" and number):
        os.abort()
    if wish == "dream":
        time.sleep(60)
    print("?" if wish == "babble" else json.dumps({"pid": os.getpid()}), flush=True)
"""


def test_a_servant_is_replaced_when_it_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child_process, "command", lambda _module: [sys.executable, "-c", SCRIPT])
    servant = Servant("any")

    def ask(wish: str) -> int:
        return int(servant.ask({"wish": wish}, seconds=0.2 if wish == "dream" else 60)["pid"])

    first = ask("live")
    assert ask("live") == first
    second = ask("die when worn out")
    assert second != first, "Another one was asked the same."
    for wish in ("die", "dream", "babble"):
        with pytest.raises(ChildFailed):
            ask(wish)
        assert ask("live") not in (first, second)
    last = ask("live")
    servant.close()
    with pytest.raises(ProcessLookupError):
        os.kill(last, 0)
