"""The rows of an import in portions: read, written and removed some hundreds at a time."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from kith.transfer.models import Import, ImportRow

PORTION = 1_000
"""Rows that one transaction writes: a few tenths of a second, so that other people's saves pass."""

DELETED_AT_ONCE = 5_000

Item = TypeVar("Item")


def portions(items: Iterable[Item], times: int = 1) -> Iterator[list[Item]]:
    """`times`: so many as large, where a row is less work."""
    iterator = iter(items)
    while portion := list(islice(iterator, PORTION * times)):
        yield portion


class Ahead(Iterator[Item]):
    """Items of which the next one can be fetched before it is asked for."""

    def __init__(self, items: Iterator[Item]) -> None:
        self._items = items
        self._fetched: deque[Item] = deque()

    def fetch(self) -> None:
        """The next one, which still comes when its turn is."""
        if not self._fetched:
            self._fetched.extend(islice(self._items, 1))

    def __next__(self) -> Item:
        return self._fetched.popleft() if self._fetched else next(self._items)


def delete_rows(importing: Import) -> None:
    """Remove the import's rows in steps, so that the database is never held for long."""
    rows = ImportRow.objects.filter(parent=importing)
    while ids := list(rows.values_list("pk", flat=True)[:DELETED_AT_ONCE]):
        ImportRow.objects.filter(pk__gte=min(ids), pk__lte=max(ids), parent=importing)._raw_delete(
            "default"
        )
