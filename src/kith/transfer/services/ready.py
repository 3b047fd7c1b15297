"""New records that were made before their turn: whether they are still what is to be made."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Self

from kith.core.beforehand import Assumed, Made
from kith.core.holding import hold_together
from kith.core.meanwhile import helper
from kith.core.record_types import RecordType
from kith.records.bulk import allocate_ids, rows_with
from kith.transfer.rowlines import Line
from kith.transfer.services.sorting import Sorted


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A portion by its last line's end, and how many lines it has; `told` is what is to be stored,
    `created` how many records there were when it was made."""

    end: int
    count: int
    created: int
    table: str
    ids: Sequence[int]
    told: list[Callable[[], None]]
    assumed: list[Assumed]
    holds: set[str]

    @classmethod
    def of(cls, lines: Sequence[Line], created: int, made: Made) -> Self:
        return cls(
            end=lines[-1].end,
            count=len(lines),
            created=created,
            table=made.table,
            ids=made.ids,
            told=made.told,
            assumed=made.assumed,
            holds=made.holds,
        )

    def fits(
        self, record_type: RecordType, lines: Sequence[Line], found: Sorted, created: int
    ) -> bool:
        """Takes its ids, too; if they are others than foreseen, they are kept for who makes the
        records anew."""
        return (
            (lines[-1].end, len(lines), created) == (self.end, self.count, self.created)
            and _all_new(found, lines)
            and self._holds_still()
            and self._takes_ids(record_type)
        )

    def _holds_still(self) -> bool:
        for name in self.holds:
            hold_together(name)
        return all(_same(*assumed) for assumed in self.assumed)

    def _takes_ids(self, record_type: RecordType) -> bool:
        ids, helping = allocate_ids(record_type.model, self.count), helper()
        if list(ids) == list(self.ids):
            return True
        if helping:
            helping.memory.spare[self.table] = ids
        return False


def _all_new(found: Sorted, lines: Sequence[Line]) -> bool:
    others = (found.merged, found.updates, found.held, found.missing, found.hidden)
    return not any(others) and [id(line) for line in found.new] == [id(line) for line in lines]


def _same(question: Any, keys: Sequence[Any], rows: Sequence[Any]) -> bool:
    model, column, columns = question
    return Counter(rows_with(model, column, keys, columns)) == Counter(rows)
