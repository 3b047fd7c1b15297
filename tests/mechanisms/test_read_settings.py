"""What an administrator writes into the environment, and what is said of what can't be read."""

from collections.abc import Callable
from typing import Any

import pytest

from kith.config import env

NAME = "KITH_TRIED"
LEVELS = ("INFO", "ERROR")
READERS: dict[str, Callable[[], Any]] = {
    "number": lambda: env.number(NAME, 80),
    "flag": lambda: env.flag(NAME, default=False),
    "zone": lambda: env.zone(NAME, "UTC"),
    "country": lambda: env.country(NAME, "IN"),
    "one_of": lambda: env.one_of(NAME, "INFO", LEVELS),
    "words": lambda: env.words(NAME, ("localhost",)),
}
READ = [
    ("number", " 81 ", 81),
    ("number", "", 80),
    ("flag", "Yes", True),
    ("flag", "", False),
    ("zone", "Asia/Kolkata", "Asia/Kolkata"),
    ("country", "no", "NO"),
    ("country", "", "IN"),
    ("one_of", "error", "ERROR"),
    ("words", "a.example, b.example,", ["a.example", "b.example"]),
    ("words", "", ["localhost"]),
]
WRONG = [
    ("number", "eighty"),
    ("flag", "perhaps"),
    ("zone", "Mars/X"),
    ("zone", "../etc/passwd"),
    ("country", "India"),
    ("country", "9x"),
    ("one_of", "verbose"),
]


@pytest.mark.parametrize(("reader", "text", "value"), READ)
def test_what_is_written_is_read(
    monkeypatch: pytest.MonkeyPatch, reader: str, text: str, value: Any
) -> None:
    monkeypatch.setenv(NAME, text)
    assert READERS[reader]() == value


@pytest.mark.parametrize(("reader", "text"), WRONG)
def test_what_can_not_be_read_is_named(
    monkeypatch: pytest.MonkeyPatch, reader: str, text: str
) -> None:
    monkeypatch.setenv(NAME, text)
    with pytest.raises(env.WrongSetting, match=NAME):
        READERS[reader]()
