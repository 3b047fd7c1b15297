"""Compares the search index with the records, and makes it right where it differs."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from kith.core.record_types import RecordType, registry
from kith.records.bulk import STEP
from kith.records.indexing import documents_of, refresh
from kith.search.tidying import index_tidy


@dataclass
class Reindexed:
    """How many documents there are, and how many were missing, stale or left over."""

    checked: int = 0
    mended: int = 0


def reindex(*, mend: bool = True, on_step: Callable[[int], None] | None = None) -> Reindexed:
    """Go through every record that is searched. Others may write meanwhile."""
    result = Reindexed()
    for record_type in registry:
        if record_type.documents is not None:
            _reindex_type(record_type, result, mend=mend, on_step=on_step)
            if mend:
                index_tidy(record_type.documents)
    return result


def _reindex_type(
    record_type: RecordType,
    result: Reindexed,
    *,
    mend: bool,
    on_step: Callable[[int], None] | None,
) -> None:
    last = 0
    while ids := _next_ids(record_type, last):
        with transaction.atomic():
            wrong = _differing(record_type, ids)
            if mend and wrong:
                refresh(record_type, wrong)
        result.checked += len(ids)
        result.mended += len(wrong)
        last = ids[-1]
        if on_step:
            on_step(result.checked)


def _next_ids(record_type: RecordType, last: int) -> list[int]:
    """The next ids that a record or a document has; a document without a record is wrong too."""
    assert record_type.documents is not None
    records = record_type.model._base_manager.filter(pk__gt=last).order_by("pk")
    documents = record_type.documents._base_manager.filter(pk__gt=last).order_by("pk")
    ids = {*records.values_list("pk", flat=True)[:STEP]}
    ids.update(documents.values_list("pk", flat=True)[:STEP])
    return sorted(ids)[:STEP]


def _differing(record_type: RecordType, ids: list[int]) -> list[int]:
    assert record_type.documents is not None
    rows = record_type.documents._base_manager.filter(pk__in=ids)
    stored = {pk: (place, body) for pk, place, body in rows.values_list("pk", "place", "body")}
    right = documents_of(record_type, ids)
    return [pk for pk in ids if stored.get(pk) != right.get(pk)]
