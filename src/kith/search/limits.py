"""A query that takes too long is cut off, so that it holds up nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _

from kith.core.errors import KithError

SECONDS = 8.0
STEPS = 20_000
"""So many instructions of SQLite pass between two looks at the clock: some milliseconds."""


class TooSlow(KithError):
    code = "too-slow"
    status = 503
    default_message = _("This search takes too long. Say more of what you look for.")


@contextmanager
def cut_off(seconds: float = SECONDS) -> Iterator[None]:
    """Raises TooSlow out of a query that goes on for longer."""
    limited = _on_sqlite if connection.vendor == "sqlite" else _on_postgresql
    try:
        with limited(seconds):
            yield
    except OperationalError as error:
        if "interrupted" in str(error) or "statement timeout" in str(error):
            raise TooSlow from error
        raise


@contextmanager
def _on_sqlite(seconds: float) -> Iterator[None]:
    connection.ensure_connection()
    raw, until = connection.connection, monotonic() + seconds
    raw.set_progress_handler(lambda: monotonic() > until, STEPS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, STEPS)


@contextmanager
def _on_postgresql(seconds: float) -> Iterator[None]:
    """For each statement. The limit stays with the connection until somebody writes, or every page
    would ask the database twice more."""
    if connection.in_atomic_block:
        with _until_now(seconds):
            yield
        return
    limit = connection.limit  # type: ignore[attr-defined]  # (kith.config.postgresql)
    limit(seconds)
    try:
        yield
    finally:
        if seconds != SECONDS:
            limit(SECONDS)


@contextmanager
def _until_now(seconds: float) -> Iterator[None]:
    """Inside a transaction, whose setting it would be to its end."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds}s"])
        yield
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', '0', true)")
