"""What the worker does once a day without being asked: each slice adds its own when it starts."""

import logging
from collections.abc import Callable

logger = logging.getLogger(__name__)
_daily: dict[str, Callable[[], object]] = {}


def daily(name: str, work: Callable[[], object]) -> None:
    if _daily.setdefault(name, work) is not work:
        raise ValueError(f"Two daily works are called {name!r}")


def run_daily() -> None:
    """One that fails, in whatever way, stops neither the others nor the worker."""
    for name, work in _daily.items():
        try:
            work()
        except Exception:
            logger.exception("The daily work %r failed.", name)
