"""Turns at writing, where a database has one writer at a time.

Whoever waits for SQLite's lock asks again and again, up to a tenth of a second apart, and so
misses the moment between two transactions of a long piece of work. So those who wait hold a file
meanwhile, and who does the long work lets them pass.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

AT_MOST_SECONDS = 0.25
PAUSE_SECONDS = 0.004


@contextmanager
def waiting(database: Path) -> Iterator[None]:
    """While the turn to write is asked for."""
    descriptor = _opened(database)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def give_way() -> None:
    """Between two transactions: until those who wait have had their turn, or long enough."""
    if connection.vendor != "sqlite":
        return
    end = time.monotonic() + AT_MOST_SECONDS
    while _somebody_waits(Path(connection.settings_dict["NAME"])) and time.monotonic() < end:
        time.sleep(PAUSE_SECONDS)


def _somebody_waits(database: Path) -> bool:
    descriptor = _opened(database)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _opened(database: Path) -> int:
    return os.open(f"{database}-turns", os.O_RDWR | os.O_CREAT, 0o600)
