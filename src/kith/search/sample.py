"""How many documents hold something, told by a sample of them: PostgreSQL's own, which it keeps for
its planner. To ask the planner takes longer than most searches take to be answered."""

import re
from collections import Counter
from dataclasses import dataclass
from math import prod

from django.utils.functional import cached_property

from kith.search.predicates import regular
from kith.search.syntax import All, Either, Not, Part, Pattern, Phrase, Similar, Word
from kith.search.vocabulary import LETTERS

LEAST = 0.0001
"""Of a thousand documents none may hold what some of a million do."""


@dataclass(frozen=True)
class Sample:
    bodies: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.bodies)

    def share(self, part: Part) -> float:
        """Which share of all documents answer, taking parts to have nothing to do with each
        other."""
        match part:
            case All(parts=parts):
                return prod(map(self.share, parts))
            case Either(parts=parts):
                return 1 - prod(1 - self.share(each) for each in parts)
            case Not(part=inner):
                return 1 - self.share(inner)
        return max(self._answering(part) / len(self.bodies), LEAST)

    def _answering(self, part: Part) -> int:
        match part:
            case Word(text=text) | Phrase(text=text):
                return sum(text in body for body in self.bodies)
            case Similar(near=near):
                return sum(self._words[word] for level in near for word in level)
            case Pattern(text=text):
                piece, shape = max(re.split(r"[*?]", text), key=len), re.compile(regular(part))
                return sum(piece in body and bool(shape.search(body)) for body in self.bodies)
        return 0

    @cached_property
    def _words(self) -> Counter[str]:
        """In how many of them each word stands."""
        return Counter(word for body in self.bodies for word in set(LETTERS.findall(body)))
