"""The words there are, and those among them that are spelt about like another.

A hundred thousand words are looked through in some milliseconds, so each process keeps them and
reads what has come since. Two letters may differ, one in a short word; two that changed places
count once.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

import orjson
from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from kith.core.storing import tell
from kith.search.models import Vocabulary
from kith.search.query import Query
from kith.search.syntax import All, Either, Not, Part, Similar

LETTERS = re.compile(r"[a-z]{2,40}")
MOST = 60
"""So many words are asked for in the place of one."""
AGAIN = 2_000
"""The latest words are read again each time: whoever took an id first may commit last."""


def words_of(bodies: Iterable[str]) -> set[str]:
    """The words of documents: no numbers, addresses or links."""
    found: set[str] = set()
    for body in bodies:
        for part in body.split():
            if part.isalpha():
                found.add(part)
            elif "@" not in part and "/" not in part:
                found.update(LETTERS.findall(part))
    return {word for word in found if 1 < len(word) <= 40}


def add_words(model: type[Vocabulary], words: Iterable[str]) -> None:
    """Words that are there already are passed over. In order, so that two who add the same ones
    wait for each other and never for both."""
    listed, table = sorted(words), model._meta.db_table
    if listed and connection.vendor == "postgresql":
        tell(
            f'INSERT INTO "{table}" (text) SELECT word FROM unnest(%s::text[]) AS word '
            f'WHERE NOT EXISTS (SELECT 1 FROM "{table}" WHERE text = word) '
            "ORDER BY word ON CONFLICT (text) DO NOTHING",
            listed,
        )
    elif listed:
        told = orjson.dumps(listed).decode()
        tell(f'INSERT OR IGNORE INTO "{table}" (text) SELECT value FROM json_each(%s)', told)


@dataclass
class _Known:
    """What this process has read of a vocabulary, by length of word."""

    by_length: dict[int, dict[str, None]] = field(default_factory=lambda: defaultdict(dict))
    last: int = 0
    lock: Lock = field(default_factory=Lock)

    def read(self, model: type[Vocabulary]) -> None:
        rows = model._base_manager.filter(pk__gt=max(self.last - AGAIN, 0)).order_by("pk")
        with self.lock:
            for pk, word in rows.values_list("pk", "text"):
                self.by_length[len(word)][word] = None
                self.last = max(self.last, pk)


_KNOWN: dict[str, _Known] = defaultdict(_Known)


def neighbours(model: type[Vocabulary], word: str) -> tuple[tuple[str, ...], ...]:
    """The words that differ in nothing, in one letter, in two."""
    known = _KNOWN[model._meta.label]
    known.read(model)
    furthest = 1 if len(word) < 5 else 2
    levels: list[list[str]] = [[] for _ in range(furthest + 1)]
    for length in range(len(word) - furthest, len(word) + furthest + 1):
        candidates = list(known.by_length.get(length, ()))
        for text, distance, _place in process.extract_iter(
            word, candidates, scorer=OSA.distance, score_cutoff=furthest
        ):
            levels[distance].append(text)
    return _fewer(levels)


def _fewer(levels: Sequence[list[str]]) -> tuple[tuple[str, ...], ...]:
    room, kept = MOST, []
    for level in levels:
        kept.append(tuple(sorted(level)[: max(room, 0)]))
        room -= len(level)
    return tuple(kept)


def with_neighbours(model: type[Vocabulary], query: Query) -> Query:
    """The query, with the words looked up that it asks for in similar spelling."""
    part = _filled(model, query.tree)
    assert isinstance(part, All)
    return query if part == query.tree else replace(query, tree=part)


def _filled(model: type[Vocabulary], part: Part) -> Part:
    if isinstance(part, Similar):
        return Similar(part.text, neighbours(model, part.text))
    if isinstance(part, Not):
        return Not(_filled(model, part.part), part.start, part.end)
    if isinstance(part, All | Either):
        return type(part)(tuple(_filled(model, each) for each in part.parts))
    return part
