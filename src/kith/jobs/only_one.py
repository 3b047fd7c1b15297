"""One worker to an SQLite database: a file lock that the system gives back, come what may."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AnotherWorker(Exception):
    """A worker of this data folder is running already."""


@contextmanager
def only_one(path: Path, *, wait_seconds: float) -> Iterator[None]:
    """Waits a little: a worker that was just killed may have children that still end."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor, until=time.monotonic() + wait_seconds)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, *, until: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise AnotherWorker from None
            time.sleep(0.2)
        else:
            return
