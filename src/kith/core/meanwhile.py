"""A second thread puts rows into the database while the first one makes the next.

Where many portions are written, making rows and storing them are each work for a core. Both
threads use one connection, and never at once: before the first one says anything to the database
itself, it waits until everything is done that it has handed over; so it does before a transaction
ends, however it ends.
"""

import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any

from django.db import connection

SWITCH_SECONDS = 0.0005
"""How soon the second thread gets hold of the interpreter between two statements."""


class Helper:
    """What the second thread has been told to do, in that order."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._begun: deque[Future[Any]] = deque()
        self._idle: Callable[[], Any] | None = None

    def take(self, work: Callable[[], Any]) -> None:
        self._begun.append(self._pool.submit(work))

    def when_idle(self, work: Callable[[], Any] | None) -> None:
        """Something of use to the first thread the next time that it has to wait."""
        self._idle = work

    def wait(self) -> None:
        """Until all is done. Raises what the first work that failed has raised."""
        if not self._begun:
            return
        work, self._idle = self._idle, None
        if work:
            work()
        done = list(self._begun)
        wait(done)
        self._begun.clear()
        with connection.wrap_database_errors:
            for each in done:
                each.result()

    def before_each(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.wait()
        return execute(*arguments)


_present: ContextVar[Helper | None] = ContextVar("helper", default=None)


def helper() -> Helper | None:
    return _present.get()


@contextmanager
def helped() -> Iterator[Helper]:
    """For the time of a long piece of work."""
    interval = sys.getswitchinterval()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="storing") as pool:
        helping = Helper(pool)
        before = _present.set(helping)
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            with connection.execute_wrapper(helping.before_each):
                yield helping
        finally:
            sys.setswitchinterval(interval)
            _present.reset(before)


@contextmanager
def all_done() -> Iterator[None]:
    """Inside a transaction: what was handed over within it is part of it, or fails with it."""
    helping = helper()
    if helping is None:
        yield
        return
    try:
        yield
    except BaseException:
        _abandon(helping)
        raise
    helping.wait()


def _abandon(helping: Helper) -> None:
    """All of it is rolled back in a moment: what else went wrong does not count. Nothing else is
    begun meanwhile: were that to fail, the other thread would go on behind the rollback."""
    helping.when_idle(None)
    with suppress(Exception):
        helping.wait()
