"""Checks who signs in. What is wrong is never said: the account or the password."""

from django.contrib.auth import authenticate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from kith.core.errors import KithError

from . import audit, throttling
from .models import SecurityEvent, User

Kind = SecurityEvent.Kind


class WrongPassword(KithError):
    code = "wrong-password"
    status = 422
    default_message = _("This e-mail and password do not belong together.")


class TooManyAttempts(KithError):
    """`seconds` is how long to wait. Unknown accounts are held back like known ones."""

    code = "too-many-attempts"
    status = 429

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        minutes = -(-seconds // 60)
        super().__init__(
            ngettext(
                "Too many failed attempts. Try again in a minute.",
                "Too many failed attempts. Try again in %(minutes)s minutes.",
                minutes,
            )
            % {"minutes": minutes}
        )


def sign_in(*, email: str, password: str, address: str) -> User:
    """The user, if the password is theirs and they may sign in. Raises the two errors above."""
    attempt, found = _try(email=email, password=password, address=address)
    attempt.kind, attempt.user, attempt.actor = Kind.SIGNED_IN, found, found
    attempt.save(update_fields=["kind", "user", "actor"])
    audit.say(Kind.SIGNED_IN, email=found.email, address=address)
    audit.forget_old()
    return found


def confirm(*, user: User, password: str, address: str) -> None:
    """Asks for the password once more; throttled together with signing in, and raises the same."""
    attempt, _found = _try(email=user.email, password=password, address=address)
    attempt.delete()


def _try(*, email: str, password: str, address: str) -> tuple[SecurityEvent, User]:
    """The attempt is written down as failed before the password is tried: many at once can't slip
    past the count. An unknown account costs the same hashing as a known one (Django's backend).
    """
    email = email.strip().lower()[:254]
    _hold_back(email=email, address=address)
    attempt = audit.write(Kind.SIGN_IN_FAILED, email=email, address=address)
    _hold_back(email=email, address=address, already=1)
    found = authenticate(username=email, password=password)
    if not isinstance(found, User):
        audit.say(Kind.SIGN_IN_FAILED, email=email, address=address)
        raise WrongPassword
    return attempt, found


def _hold_back(*, email: str, address: str, already: int = 0) -> None:
    seconds = throttling.seconds_to_wait(email=email, address=address, already=already)
    if seconds:
        audit.say("sign-in-held-back", email=email, address=address)
        raise TooManyAttempts(seconds)
