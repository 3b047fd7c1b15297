"""The best match first: names that begin so, words that do, then the rest; of what is spelt
about so, what differs least.

The name itself stands before the longer ones that begin with it, being in order. Each tier is a
condition of its own and stands in order of names, so that a page is read from an index however
many there are; together the tiers hold each match exactly once.
"""

from collections.abc import Sequence
from functools import reduce
from itertools import product
from operator import and_, or_

from django.db.models import Q

from kith.contacts.listing.values import at_edges
from kith.search.predicates import regular
from kith.search.query import Query
from kith.search.syntax import All, Either, Part, Similar, Word

ANY_TIER = 0
BEGINS, WORD, INSIDE = 1, 2, 3
TIERS = (BEGINS, WORD, INSIDE)
AFTER_ALL_LETTERS = "\U0010ffff"
MOST_SIMILAR = 6
"""Of more words than this, not each sum of differences is told apart."""


def begins(query: Query) -> Q:
    """The name begins with the text, or is the text."""
    return Q(sort_name__gte=query.text, sort_name__lt=query.text + AFTER_ALL_LETTERS)


def words_begin(query: Query) -> Q:
    """Each word begins a word of the name."""
    condition = Q()
    for term in query.words:
        condition &= Q(sort_name__startswith=term) | Q(sort_name__contains=f" {term}")
    return condition


def words_of(wording: All) -> All:
    """The words as beginnings of words: documents have a space before each."""
    parts = (Word(f" {each.text}") if isinstance(each, Word) else each for each in wording.parts)
    return All(tuple(parts))


def by_difference(wording: All) -> Sequence[All]:
    """One wording for each number of letters in which the words may differ in sum."""
    similar = [each for each in wording.parts if isinstance(each, Similar)]
    if not 0 < len(similar) <= MOST_SIMILAR:
        return [wording]
    rest = tuple(each for each in wording.parts if each not in similar)
    sums: dict[int, list[Part]] = {}
    for choice in product(*[range(len(each.near)) for each in similar]):
        words = [_at(each, level) for each, level in zip(similar, choice, strict=True)]
        if all(each.near[0] for each in words):
            sums.setdefault(sum(choice), []).append(All(tuple(words)))
    levels = [All((*rest, _either(sums[total]))) for total in sorted(sums)]
    return levels or [wording]


def in_name(part: Part) -> Q:
    """Whether it is the name itself that holds words spelt so."""
    match part:
        case Similar():
            return Q(sort_name__regex=at_edges(regular(part)))
        case All(parts=parts):
            return reduce(and_, map(in_name, parts), Q())
        case Either(parts=parts):
            return reduce(or_, map(in_name, parts))
    return Q()


def _at(word: Similar, level: int) -> Similar:
    return Similar(word.text, (word.near[level],))


def _either(parts: list[Part]) -> Part:
    return parts[0] if len(parts) == 1 else Either(tuple(parts))
