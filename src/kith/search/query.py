"""What somebody typed into the search box, read into terms. Any text at all gives a query."""

import re
from dataclasses import dataclass

from kith.core.text import digits, fold

PHONE = re.compile(r"^[\s+()./\-\d]*\d[\s+()./\-\d]*$")
WORD = re.compile(r'"([^"]+)"?|(\S+)')
LONGEST = 200
"""More of a query than this is not read: nobody types it, and each term costs."""


@dataclass(frozen=True, slots=True)
class Query:
    """All of `terms` must occur in a record's document. `text` is the folded whole."""

    text: str
    terms: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.terms)


def read_query(text: str) -> Query:
    """A phone number in any form becomes its digits; anything else its words.

    "Words in quotes" stand together.
    """
    text = text.replace("\0", " ")[:LONGEST]
    number = digits(text) if PHONE.match(text.strip()) else ""
    if len(number) >= 3:
        return Query(number, (_national(number),))
    folded = fold(text)
    terms = [_term(phrase.strip() or word) for phrase, word in WORD.findall(folded)]
    return Query(" ".join(terms), tuple(dict.fromkeys(filter(None, terms))))


def _term(word: str) -> str:
    """A part of a phone number beside other words is its digits as well."""
    number = digits(word) if PHONE.match(word) else ""
    return number if len(number) >= 6 or (number and word.startswith("+")) else word


def _national(number: str) -> str:
    """Without the zeros that some countries dial first: documents hold numbers as E.164."""
    return number.lstrip("0") if len(number.lstrip("0")) >= 3 else number
