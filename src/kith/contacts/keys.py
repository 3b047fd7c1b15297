"""The keys that tell whether two contacts are the same one. An empty key matches nothing."""

from string import punctuation
from typing import Any

from kith.core.kinds.phone import phone_key
from kith.core.text import fold

PHONE_KINDS = ("mobile", "office_phone", "other_phone", "whatsapp")


AT = "@"
"""So the keys of addresses begin: then they stand together in the index, and phones do."""


def channel_key(item: dict[str, Any]) -> str:
    """By what a channel's value is found again: a phone's digits, else the folded value."""
    value = item["value"]
    if value.startswith("+") and AT not in value:
        return phone_key(value)
    folded = fold(value)[:499]
    return f"{AT}{folded}" if AT in folded and "://" not in folded else folded


def name_key(name: str | None) -> str:
    """By what a name is found again, and sorted: quotes before it don't put it first."""
    folded = fold(name or "")
    return (folded.lstrip(punctuation + " ") or folded)[:400]
