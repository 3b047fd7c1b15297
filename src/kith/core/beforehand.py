"""What is to be stored is made before its turn, aside, while what comes before it is stored.

Nothing is asked of the database meanwhile, and nothing told: what it holds is taken to be what it
held when it was asked last, the next ids to be the next ones. When the turn has come, whatever was
taken for granted is looked at again, and if anything is different, all is made anew.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

Question = tuple[Any, ...]
Row = tuple[Any, ...]
Assumed = tuple[Question, Sequence[Any], list[Row]]
"""A question, its keys, and the rows that memory answered."""
FEW, MOST = 200, 5_000
"""So many keys of one question, and of all questions of a kind, are remembered."""


class Unforeseen(Exception):
    """This can only be known, or done, when the turn has come."""


@dataclass
class Memory:
    """What the database has said so far: the last id of each table, and rows by their keys.

    `spare`: ids that were taken for what was foreseen otherwise; they are used all the same."""

    ids: dict[str, int] = field(default_factory=dict)
    spare: dict[str, Sequence[int]] = field(default_factory=dict)
    rows: dict[Question, dict[Any, list[Row]]] = field(default_factory=lambda: defaultdict(dict))

    def keep(
        self, question: Question, place: int, keys: Sequence[Any], rows: Sequence[Row]
    ) -> None:
        """`place`: where in a row its key stands."""
        known = self.rows[question]
        if len(keys) > FEW or len(known) > MOST:
            return
        for key in keys:
            known.pop(key, None)
        for row in rows:
            known.setdefault(row[place], []).append(row)

    def recall(self, question: Question, keys: Sequence[Any]) -> list[Row]:
        known = self.rows[question]
        try:
            return [row for key in keys for row in known[key]]
        except KeyError as error:
            raise Unforeseen from error


@dataclass
class Made:
    """`told`: what is to be stored, in order. `ids` are those foreseen for the rows of `table`.
    `holds`: what it shares a lock on, before it looks again."""

    table: str
    memory: Memory
    told: list[Callable[[], None]] = field(default_factory=list)
    assumed: list[Assumed] = field(default_factory=list)
    ids: Sequence[int] = ()
    holds: set[str] = field(default_factory=set)

    def foresee(self, table: str, count: int) -> Sequence[int]:
        if table != self.table or self.ids or table not in self.memory.ids:
            raise Unforeseen
        last = self.memory.ids[table]
        self.ids = range(last + 1, last + 1 + count)
        self.memory.ids[table] = last + count
        return self.ids

    def recall(self, question: Question, keys: Sequence[Any]) -> list[Row]:
        rows = self.memory.recall(question, keys)
        self.assumed.append((question, list(keys), rows))
        return rows


_present: ContextVar[Made | None] = ContextVar("made beforehand", default=None)


def beforehand() -> Made | None:
    """What is being made before its turn, if anything is."""
    return _present.get()


@contextmanager
def making(table: str, memory: Memory) -> Iterator[Made]:
    """Whatever is stored within is put down instead. Raises Unforeseen."""
    made = Made(table, memory)
    before, rolling_back = _present.set(made), connection.needs_rollback
    try:
        yield made
    finally:
        _present.reset(before)
        # Who was told that nothing can be asked now believes that the transaction has failed.
        connection.needs_rollback = rolling_back
