"""In what language somebody reads, and what CLDR says of one."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from django.utils.translation import get_language


def reader_language() -> str:
    """Of who reads this page, or asked for this piece of work: "en", "en-gb"."""
    return get_language() or "en"


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """English, for a language that nobody knows."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")
