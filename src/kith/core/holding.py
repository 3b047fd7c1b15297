"""Locks that one transaction holds until it ends: of two who find a name free one waits."""

from django.db import connection

from kith.core.beforehand import beforehand


def hold(name: str) -> None:
    """Let one transaction at a time pass, until it ends: what is looked up after this and not
    there may be made. On SQLite the write lock does that already."""
    _lock("pg_advisory_xact_lock", name)


def hold_together(name: str) -> None:
    """Let any number pass that hold it together, and nobody who holds it alone meanwhile. What is
    made beforehand holds it when its turn has come."""
    if made := beforehand():
        made.holds.add(name)
    else:
        _lock("pg_advisory_xact_lock_shared", name)


def _lock(function: str, name: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(hashtext(%s))", [name])
