"""A generator that runs in a second process, a fork of this one; its items come through a pipe.

Two threads share one interpreter, two processes are work for two cores: what a long piece of work
needs next is made aside, while this process stores what came before. The fork knows whatever this
process knew, and what it changes of that is only its own. It goes on until the pipe is full, and
ends with its generator, when it is closed, and with this process, however that goes.
"""

import ctypes
import fcntl
import logging
import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, suppress
from typing import Any, Generic, NoReturn, Self, TypeVar

from django.db import connections

log = logging.getLogger(__name__)

Item = TypeVar("Item")
Make = Callable[[], Generator[Item, None, None]]
ITEM, RAISED, DONE = "item", "raised", "done"
PATIENCE_SECONDS = 2.0
ROOM = 1 << 20
"""Bytes that wait in the pipe, so that the fork need not: the most that Linux gives to anybody."""
SET_DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of Linux."""
_LEFT_OPEN: list[Any] = []
"""In a fork: connections of the other process. Nobody reads it; were they dropped instead, Python
would close them."""


class Gone(Exception):
    """The second process has ended without a word, or what it said can't be read."""


def can_fork() -> bool:
    """Where a fork may go on working, and there is a core for it."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


def let_connections_go() -> None:
    """Before a fork that asks the database something: what is open would be shared with it."""
    for each in connections.all(initialized_only=True):
        each.close()
        getattr(each, "close_pool", lambda: None)()


def _leave_connections() -> None:
    """In the fork: what is still open is the other process's, and closing it would end it there.
    Django keeps those of a thread with a running loop of asyncio apart from its others, so that
    `let_connections_go` may not see all; no loop runs in a fork, which then saw the rest."""
    for each in connections.all(initialized_only=True):
        _LEFT_OPEN.append(each.connection)
        each.connection = None


class Aside(Iterator[Item], Generic[Item]):
    """Raises what the generator raised, or Gone. To be closed.

    A `make` that asks the database something needs `let_connections_go` before, outside of any
    transaction.
    """

    def __init__(self, make: Make[Item]) -> None:
        reading, writing = os.pipe()
        with suppress(OSError):
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, ROOM)
        parent = os.getpid()
        self._child = os.fork()
        if not self._child:
            os.close(reading)
            _be_aside(make, writing, parent)
        os.close(writing)
        self._pipe = os.fdopen(reading, "rb")

    def __next__(self) -> Item:
        try:
            sort, said = pickle.load(self._pipe)  # noqa: S301  # It comes from ourselves.
        except Exception as error:
            raise Gone from error
        if sort == RAISED:
            raise said
        if sort == DONE:
            raise StopIteration
        item: Item = said
        return item

    def close(self) -> None:
        """Its last item may never have been asked for."""
        if not self._child:
            return
        child, self._child = self._child, 0
        self._pipe.close()
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)
        _reap(child)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _reap(child: int) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not os.waitpid(child, os.WNOHANG)[0]:
        if time.monotonic() > end:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return
        time.sleep(0.002)


def _be_aside(make: Make[Any], writing: int, parent: int) -> NoReturn:
    """Leaves without what ends a process otherwise: nothing of that is the fork's to end."""
    try:
        _end_with(parent)
        _leave_connections()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl C is for the one that asked for it.
        signal.signal(signal.SIGTERM, _be_ended)
        with os.fdopen(writing, "wb") as pipe, closing(make()) as items:
            try:
                _tell_all(items, pipe)
            finally:
                _end_undisturbed()
    except (BrokenPipeError, SystemExit):
        pass  # Nobody listens any more.
    except BaseException:
        log.exception("A process aside failed")
    finally:
        os._exit(0)


def _end_with(parent: int) -> None:
    ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        sys.exit()


def _be_ended(*_: object) -> None:
    _end_undisturbed()
    sys.exit()


def _end_undisturbed() -> None:
    """The pipe breaks just before the signal comes: what a generator tidies up at its end is not
    to be broken off by it."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)


def _tell_all(items: Iterator[Any], pipe: Any) -> None:
    try:
        for item in items:
            pickle.dump((ITEM, item), pipe, pickle.HIGHEST_PROTOCOL)
            pipe.flush()
    except (BrokenPipeError, SystemExit):
        raise
    except Exception as error:  # noqa: BLE001  # It is raised again where it is waited for.
        pickle.dump((RAISED, error), pipe, pickle.HIGHEST_PROTOCOL)
    else:
        pickle.dump((DONE, None), pipe, pickle.HIGHEST_PROTOCOL)
