"""Which three letters of a text are rare: SQLite goes through the list of each it is asked for.

How far apart they stand is told by the first documents that hold them, which takes a hundredth of a
millisecond, and is remembered for a while: it only says what is asked for, never what is found.
"""

from collections.abc import Sequence
from time import monotonic

import orjson
from django.db import connection

from kith.search.places import LARGEST

TRIGRAM = 3
LOOKED_AT = 64
"""The place of this document that holds them; if there are not so many, they are rarest."""
APART = 2
"""Letters between the beginnings of two: what shares more is rare for the same reason."""
LONGEST = 80
"""Of so many letters some are rare."""
KEPT, SECONDS = 20_000, 600

_reach: dict[tuple[str, str], int] = {}
_since = [0.0]


def rarest(table: str, text: str, number: int) -> Sequence[str]:
    """So many of its trigrams, the rarest first."""
    text = text[:LONGEST]
    places = _places(table, sorted({text[at : at + TRIGRAM] for at in range(len(text) - 2)}))
    chosen: list[str] = []
    for each in sorted(places, key=lambda trigram: -places[trigram]):
        at = text.index(each)
        if all(abs(at - text.index(other)) >= APART for other in chosen):
            chosen.append(each)
    return chosen[:number]


def _places(table: str, trigrams: Sequence[str]) -> dict[str, int]:
    if len(_reach) > KEPT or monotonic() - _since[0] > SECONDS:
        _reach.clear()
        _since[0] = monotonic()
    known = {each: _reach.get((table, each)) for each in trigrams}
    unknown = [each for each, place in known.items() if place is None]
    found = _looked_up(table, unknown) if unknown else {}
    _reach.update({(table, each): place for each, place in found.items()})
    return {each: place if place is not None else found[each] for each, place in known.items()}


def _looked_up(table: str, trigrams: Sequence[str]) -> dict[str, int]:
    name = f'"{table}_fts"'
    quoted = "'\"' || replace(value, '\"', '\"\"') || '\"'"
    first = f"SELECT rowid FROM {name} WHERE {name} MATCH {quoted} ORDER BY rowid LIMIT 1 OFFSET %s"
    with connection.cursor() as cursor:
        told = orjson.dumps(list(trigrams)).decode()
        cursor.execute(f"SELECT value, ({first}) FROM json_each(%s)", [LOOKED_AT - 1, told])
        return {each: LARGEST if place is None else place for each, place in cursor.fetchall()}
