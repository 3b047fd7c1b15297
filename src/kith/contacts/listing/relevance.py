"""The best match first: names that begin so, words that do, then the rest.

The name itself stands before the longer ones that begin with it, being in order. Each tier is a
condition of its own and stands in order of names, so that a page is read from an index however
many there are; together the tiers hold each match exactly once.
"""

from django.db.models import Q

from kith.search.query import Query

ALL = 0
BEGINS, WORD, INSIDE = TIERS = (1, 2, 3)
AFTER_ALL_LETTERS = "\U0010ffff"


def begins(query: Query) -> Q:
    """The name begins with the text, or is the text."""
    return Q(sort_name__gte=query.text, sort_name__lt=query.text + AFTER_ALL_LETTERS)


def words_begin(query: Query) -> Q:
    """Each term begins a word of the name."""
    condition = Q()
    for term in query.terms:
        condition &= Q(sort_name__startswith=term) | Q(sort_name__contains=f" {term}")
    return condition


def words_of(query: Query) -> Query:
    """The terms as beginnings of words: documents have a space before each."""
    return Query(query.text, tuple(f" {term}" for term in query.terms))
