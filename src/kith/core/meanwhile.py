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

from kith.core.beforehand import Memory, Unforeseen, beforehand

SWITCH_SECONDS = 0.0001
"""How soon the second thread gets hold of the interpreter between two statements."""


class Helper:
    """What the second thread has been told to do, in that order."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._begun: deque[Future[Any]] = deque()
        self._idle: Callable[[], Any] | None = None
        self.memory = Memory()

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
        done = list(self._begun)
        try:
            if work:
                work()
        finally:
            wait(done)
            self._begun.clear()
        with connection.wrap_database_errors:
            for each in done:
                each.result()

    def before_each(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        if beforehand():
            raise Unforeseen
        self.wait()
        return execute(*arguments)

    def commit(self, commit: Callable[[], Any]) -> None:
        """In the second thread too, when all is stored: the first one need not look on."""
        begun = list(self._begun)

        def work() -> None:
            for each in begun:
                each.result()
            commit()

        self.take(work)
        try:
            self.wait()
        except BaseException:
            # Django rolls back after errors of the database only.
            with suppress(Exception):
                connection.connection.rollback()
            raise


_present: ContextVar[Helper | None] = ContextVar("helper", default=None)


def helper() -> Helper | None:
    return _present.get()


def commit_after_all(commit: Callable[[], Any]) -> None:
    """How both databases commit (`kith.config.sqlite`, `kith.config.postgresql`): Django can be
    given a wrapper for statements, and none for this."""
    helping = helper()
    if helping is None:
        commit()
    else:
        helping.commit(commit)


@contextmanager
def helped() -> Iterator[Helper]:
    """For the time of a long piece of work."""
    interval = sys.getswitchinterval()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="storing") as pool:
        helping = Helper(pool)
        before = _present.set(helping)
        sys.setswitchinterval(SWITCH_SECONDS)
        connection.inc_thread_sharing()
        try:
            with connection.execute_wrapper(helping.before_each):
                yield helping
        finally:
            connection.dec_thread_sharing()
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
    if len(connection.atomic_blocks) > 1 or connection.needs_rollback:
        # Else there is a commit now, which waits for it.
        helping.wait()


def _abandon(helping: Helper) -> None:
    """All of it is rolled back in a moment: what else went wrong does not count. Nothing else is
    begun meanwhile: were that to fail, the other thread would go on behind the rollback."""
    helping.when_idle(None)
    with suppress(Exception):
        helping.wait()
