"""The best match first: names that begin so, names with words that do, then the rest; of what is
spelt about so, what differs least.

The name itself stands before the longer ones that begin with it, being in order. Each tier is a
condition of its own and stands in order of names, so that a page is read from an index however
many there are; together the tiers hold each match exactly once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import and_, or_

from django.db.models import BooleanField, F, Func, Q, Value

from kith.contacts.listing.values import at_edges
from kith.search.predicates import EDGE, regular, rough
from kith.search.query import Query
from kith.search.syntax import All, Either, Part, Pattern, Phrase, Similar, Word

ANY_TIER = 0
BEGINS, NAMED, REST = KINDS = range(3)
AFTER_ALL_LETTERS = "\U0010ffff"
MOST_SIMILAR = 6
"""Of more words than this, not each sum of differences is told apart."""
MOST_BEGINNINGS = 12


@dataclass(frozen=True)
class Level:
    """What differs from a query by so much; and what tells, of a name, that it begins with it or
    holds it. None where no name does."""

    wording: All
    begins: Q | None
    named: Q | None
    heads: Sequence[str] = ()
    """The texts that a name begins with if it begins with what is asked for."""

    @property
    def is_one_word(self) -> bool:
        """Or one phrase, so that a name that begins with it holds all that is asked for."""
        parts = self.wording.parts
        return len(parts) == 1 and isinstance(parts[0], Pattern | Phrase | Similar)

    @property
    def just_begins(self) -> bool:
        """Whether the names tell soon enough which of them begin so."""
        match self.wording.parts:
            case (Pattern(),):
                return bool(self.heads) and len(self.heads[0]) > 1
        return False

    def tiers(self, number: int) -> Sequence[int]:
        """The numbers of its tiers, if it is itself of this number."""
        there = (self.begins is not None, self.named is not None, True)
        return [len(KINDS) * number + kind + 1 for kind in KINDS if there[kind]]


def level_and_kind(tier: int) -> tuple[int, int]:
    return divmod(tier - 1, len(KINDS))


def levels_of(query: Query) -> Sequence[Level]:
    if query.is_plain:
        return [Level(query.wording, begins(query), words_begin(query), (query.text,))]
    similar = any(isinstance(each, Similar) for each in query.wording.parts)
    return [_level(each, similar=similar) for each in by_difference(query.wording)]


def _level(wording: All, *, similar: bool) -> Level:
    """Of several similar words the name that holds them all comes first, not one that begins with
    the first of them while the rest stands elsewhere."""
    begins, named = name_begins(wording), in_name(wording) if similar else None
    if begins is not None and named is not None:
        begins &= named
    return Level(wording, begins, named, tuple(heads(wording)) if begins is not None else ())


def begins(query: Query) -> Q:
    """The name begins with the text, or is the text."""
    return _from(query.text)


def words_begin(query: Query) -> Q:
    """Each word begins a word of the name."""
    condition = Q()
    for term in query.words:
        condition &= Q(sort_name__startswith=term) | Q(sort_name__contains=f" {term}")
    return condition


def name_begins(part: Part) -> Q | None:
    """The name begins with what is asked for first; None where that can't be told."""
    match part:
        case Word(text=text):
            return _from(text)
        case Pattern(text=text) | Phrase(text=text):
            head = re.split(r"[*?]", text)[0] if isinstance(part, Pattern) else text
            return _from(head) & _just(part) if head else None
        case Similar(near=near):
            return _one_of([_from(word) & _just(part) for level in near for word in level])
        case All(parts=parts):
            return name_begins(parts[0]) if parts else None
        case Either(parts=parts):
            return _one_of([name_begins(each) for each in parts])
    return None


def heads(part: Part) -> Sequence[str]:
    """What names begin with of which `name_begins` holds."""
    match part:
        case Pattern(text=text):
            return [re.split(r"[*?]", text)[0]]
        case Word(text=text) | Phrase(text=text):
            return [text]
        case Similar(near=near):
            return [word for level in near for word in level]
        case All(parts=parts):
            return heads(parts[0])
        case Either(parts=parts):
            return [head for each in parts for head in heads(each)]
    return []


def _from(text: str) -> Q:
    return Q(sort_name__gte=text, sort_name__lt=text + AFTER_ALL_LETTERS)


def _just(part: Pattern | Phrase | Similar) -> Q:
    exactly = Q(sort_name__regex=at_edges(regular(part)).replace(f"(^|{EDGE})", "^", 1))
    return Q(_roughly(part)) & exactly if isinstance(part, Pattern) else exactly


def _roughly(part: Pattern) -> Func:
    operator, shape = rough(part)
    return Func(
        F("sort_name"),
        Value(shape),
        template="(%(expressions)s)",
        arg_joiner=f" {operator} ",
        output_field=BooleanField(),
    )


def _one_of(found: "list[Q | None]") -> Q | None:
    if not 0 < len(found) <= MOST_BEGINNINGS or None in found:
        return None
    return reduce(or_, [each for each in found if each is not None])


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
