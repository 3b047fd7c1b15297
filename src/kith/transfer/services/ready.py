"""New records that were made before their turn: whether they are still what is to be made."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kith.core.beforehand import Made
from kith.core.meanwhile import helper
from kith.core.record_types import RecordType
from kith.records.bulk import allocate_ids, hold_together, rows_with
from kith.transfer.rowlines import Line
from kith.transfer.services.sorting import Sorted


@dataclass(frozen=True)
class Ready:
    """`shape` and `created`: the fields, and how many records there were, when it was made."""

    lines: Sequence[Line]
    made: Made
    shape: Any
    created: int

    def fits(self, record_type: RecordType, found: Sorted, created: int) -> bool:
        """Takes its ids, too; if they are others than foreseen, they are kept for who makes the
        records anew."""
        return (
            record_type.shape is self.shape
            and created == self.created
            and _all_new(found, self.lines)
            and self._holds_still()
            and self._takes_ids(record_type)
        )

    def _holds_still(self) -> bool:
        for name in self.made.holds:
            hold_together(name)
        return all(_same(*assumed) for assumed in self.made.assumed)

    def _takes_ids(self, record_type: RecordType) -> bool:
        ids, helping = allocate_ids(record_type.model, len(self.lines)), helper()
        if list(ids) == list(self.made.ids):
            return True
        if helping:
            helping.memory.spare[self.made.table] = ids
        return False


def _all_new(found: Sorted, lines: Sequence[Line]) -> bool:
    others = (found.merged, found.updates, found.held, found.missing, found.hidden)
    return not any(others) and [id(line) for line in found.new] == [id(line) for line in lines]


def _same(question: Any, keys: Sequence[Any], rows: Sequence[Any]) -> bool:
    model, column, columns = question
    return Counter(rows_with(model, column, keys, columns)) == Counter(rows)
