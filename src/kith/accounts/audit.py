"""Writes down who signed in and who changed which user: in a table, and in the log for tools."""

import logging
from datetime import timedelta
from typing import Any

from kith.core import clock

from .actors import Actor
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
    """`email` is what was typed when there may be no such user; it goes into the log quoted."""
    shown = (user.email if user else email)[:254]
    log.info("%s: %r from %s by %s", kind.value, shown, address or "-", actor or "-")
    return SecurityEvent.objects.create(
        at=clock.now(),
        kind=kind,
        user=user,
        actor=actor if isinstance(actor, User) else None,
        email=shown,
        address=address,
        details=details,
    )


def forget_old() -> None:
    SecurityEvent.objects.filter(at__lt=clock.now() - KEPT).delete()
