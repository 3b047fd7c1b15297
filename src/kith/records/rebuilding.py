"""Every search document made anew, by as many processes as there are cores: to read what a record
holds and to fold it takes twice as long as to put it into the index."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import cycle, islice, pairwise
from typing import Self

from django.db import connection

from kith.core.aside import Aside, Gone, can_fork, let_connections_go
from kith.core.collecting import few_collections
from kith.core.record_types import RecordType, registry
from kith.records.bulk import STEP
from kith.records.indexing import documents_of
from kith.records.reindexing import Reindexed
from kith.search.models import Document
from kith.search.rebuilding import documents_rebuild
from kith.search.writing import Row

Made = tuple[int, list[Row]]
"""How many records were looked at, and their documents."""
Range = tuple[int, int]
"""Ids behind the first and up to the second."""
WORTH = 10
"""So many portions are worth a second process."""
MOST = 4
LARGEST = 2**63 - 1


def rebuild(*, on_step: Callable[[int], None] | None = None) -> Reindexed:
    """Every document anew. Others read meanwhile, and on PostgreSQL also write."""
    result = Reindexed()
    for record_type in registry:
        if record_type.documents is not None:
            with few_collections():
                made = _rebuild_type(record_type, record_type.documents, on_step)
            result.checked += made.checked
            result.mended += made.mended
    return result


def _rebuild_type(
    record_type: RecordType, documents: type[Document], on_step: Callable[[int], None] | None
) -> Reindexed:
    ranges = _ranges(record_type)
    if len(ranges) > WORTH and can_fork() and not connection.in_atomic_block:
        try:
            with _Makers(record_type, ranges) as made:
                return _store(documents, made, on_step)
        except Gone:
            pass  # One of them was ended, for want of memory perhaps: nothing of it is stored.
    return _store(documents, _make(record_type, ranges), on_step)


def _store(
    documents: type[Document], made: Iterator[Made], on_step: Callable[[int], None] | None
) -> Reindexed:
    result = Reindexed()

    def portions() -> Iterator[list[Row]]:
        for looked_at, rows in made:
            result.checked += looked_at
            result.mended += len(rows)
            if on_step:
                on_step(result.checked)
            yield rows

    documents_rebuild(documents, portions())
    return result


def _ranges(record_type: RecordType) -> list[Range]:
    """All ids there can be, in portions: what comes to be before the transaction begins is in one
    of them too."""
    ids = record_type.model._base_manager.order_by("pk").values_list("pk", flat=True)
    ends = islice(ids.iterator(chunk_size=STEP), STEP - 1, None, STEP)
    return list(pairwise([0, *ends, LARGEST]))


def _make(record_type: RecordType, ranges: Sequence[Range]) -> Generator[Made, None, None]:
    records = record_type.model._base_manager.order_by("pk")
    for after, last in ranges:
        ids = list(records.filter(pk__gt=after, pk__lte=last).values_list("pk", flat=True))
        found = documents_of(record_type, ids) if ids else {}
        yield len(ids), [(pk, place, body) for pk, (place, body) in found.items()]


class _Makers(Iterator[Made]):
    """Processes that make the portions in turn. They begin when the first one is asked for: by
    then nobody else can write any more, or it is kept note of."""

    def __init__(self, record_type: RecordType, ranges: Sequence[Range]) -> None:
        self._gate, self._key = os.pipe()
        many = min(len(os.sched_getaffinity(0)), MOST)
        let_connections_go()
        with ExitStack() as stack:
            stack.callback(self._open)
            stack.callback(os.close, self._gate)
            shares = (partial(self._make, record_type, ranges[at::many]) for at in range(many))
            self._turns = cycle([stack.enter_context(Aside(share)) for share in shares])
            self._stack = stack.pop_all()

    def _make(self, record_type: RecordType, share: Sequence[Range]) -> Generator[Made, None, None]:
        self._open()
        os.read(self._gate, 1)
        yield from _make(record_type, share)

    def _open(self) -> None:
        """Who waits at the gate reads its end, once nobody holds the key any more."""
        if self._key >= 0:
            os.close(self._key)
            self._key = -1

    def __next__(self) -> Made:
        """The ranges are dealt out in turn, so that the first process that has none is the end."""
        self._open()
        return next(next(self._turns))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()
