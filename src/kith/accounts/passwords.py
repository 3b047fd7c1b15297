"""Passwords made for somebody, to be read out or copied by hand."""

import secrets

# Without letters and digits that look alike.
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, LENGTH = 4, 4


def generate() -> str:
    """Four groups of four, 79 bits: as k7mq-3xvd-9tfp-w2hn."""
    groups = ("".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)
