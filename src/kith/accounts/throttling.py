"""Slows down the guessing of passwords, per account and per address.

Counted in the table of security events, so that several processes and machines count together.
What is refused here is not written again and again: the wait does not grow while one waits.
"""

from datetime import datetime, timedelta

from django.db.models import Max, QuerySet

from kith.core import clock

from .models import SecurityEvent

Kind = SecurityEvent.Kind
WINDOW = timedelta(minutes=15)
FAILURES_PER_ACCOUNT = 10
FAILURES_PER_ADDRESS = 50
# Who signed in from an address before is not locked out by strangers guessing from elsewhere.
KNOWN_FOR = timedelta(days=30)


def seconds_to_wait(*, email: str, address: str, already: int = 0) -> int:
    """0 when one more attempt is allowed; `already` is how many rows of its own it has written."""
    return max(
        _wait(_of_account(email, address), FAILURES_PER_ACCOUNT + already),
        _wait(_recent().filter(address=address), FAILURES_PER_ADDRESS + already),
    )


def _recent() -> "QuerySet[SecurityEvent]":
    return SecurityEvent.objects.filter(
        kind=Kind.SIGN_IN_FAILED, at__gt=clock.now() - WINDOW
    ).order_by("-at")


def _of_account(email: str, address: str) -> "QuerySet[SecurityEvent]":
    """The failures since the last success; only from here, if this address is known."""
    successes = SecurityEvent.objects.filter(kind=Kind.SIGNED_IN, email=email)
    last = successes.aggregate(at=Max("at"))["at"]
    failures = _recent().filter(email=email)
    if last is None:
        return failures
    failures = failures.filter(at__gt=last)
    known = successes.filter(address=address, at__gt=clock.now() - KNOWN_FOR).exists()
    return failures.filter(address=address) if known else failures


def _wait(failures: "QuerySet[SecurityEvent]", limit: int) -> int:
    times: list[datetime] = list(failures.values_list("at", flat=True)[:limit])
    if len(times) < limit:
        return 0
    return max(1, int((times[-1] + WINDOW - clock.now()).total_seconds()) + 1)
