"""Writes down who signed in and who changed which user: in a table, and in the log for tools."""

import logging
from datetime import timedelta
from typing import Any

from kith.core import clock

from .actors import SYSTEM, Actor
from .models import SecurityEvent, User

log = logging.getLogger("kith.security")
KEPT = timedelta(days=365)


def write(
    kind: SecurityEvent.Kind,
    *,
    user: User | None = None,
    actor: "Actor | None" = None,
    email: str = "",
    address: str = "",
    **details: Any,
) -> SecurityEvent:
    """`email` is what was typed when there may be no such user."""
    shown = (user.email if user else email)[:254]
    if kind != SecurityEvent.Kind.SIGN_IN_FAILED and actor is not SYSTEM:
        say(kind.value, email=shown, address=address, by=actor or "-")
    return SecurityEvent.objects.create(
        at=clock.now(),
        kind=kind,
        user=user,
        actor=actor if isinstance(actor, User) else None,
        email=shown,
        address=address,
        details=details,
    )


def say(what: str, *, email: str, address: str, by: Any = "-") -> None:
    """One line of the log; what a stranger typed is quoted, so that it can't forge another."""
    log.info("%s: %r from %s by %s", what, email, address or "-", by)


def forget_old() -> None:
    SecurityEvent.objects.filter(at__lt=clock.now() - KEPT).delete()
