"""Passwords made for somebody, to be read out or copied by hand."""

import secrets

from django.utils.crypto import salted_hmac

# Without letters and digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 4, 4


def generate() -> str:
    """Four groups of four, 79 bits: as k7mq-3xvd-9tfp-w2hn."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def derived(wish: str) -> str:
    """The same for the same wish, as what one form has posted: so it can be shown once more to who
    sent the form twice, and is kept nowhere. As strong, for who has not the server's secret key."""
    number = int.from_bytes(salted_hmac("kith.password", wish, algorithm="sha256").digest(), "big")
    letters = ""
    while len(letters) < GROUPS * LENGTH:
        number, at = divmod(number, len(LETTERS))
        letters += LETTERS[at]
    return "-".join(letters[n : n + LENGTH] for n in range(0, len(letters), LENGTH))
