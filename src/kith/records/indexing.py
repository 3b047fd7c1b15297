"""Keeps the search index in the transaction of the change that made it stale."""

from collections.abc import Sequence

from kith.core.record_types import RecordType, registry
from kith.records.bulk import insert_rows, steps

Stale = dict[str, set[int]]
"""Ids by record type whose documents must be built anew."""


def affected(record_type: RecordType, ids: Sequence[int]) -> Stale:
    """Whose documents a change to these records makes stale; asked before a removal."""
    if record_type.indexed is None:
        return {}
    name = record_type.subject_type or record_type.name
    return {name: record_type.indexed(ids)}


def refresh(record_type: RecordType, ids: Sequence[int]) -> None:
    refresh_ids(affected(record_type, ids))


def refresh_ids(stale: Stale) -> None:
    for name, ids in stale.items():
        record_type = registry.get(name)
        for portion in steps(sorted(ids)):
            _rebuild(record_type, portion)


def _rebuild(record_type: RecordType, ids: list[int]) -> None:
    """Replace the documents of these records; the ones that are gone or trashed get none."""
    assert record_type.documents and record_type.document_model
    documents = record_type.document_model
    documents._base_manager.filter(pk__in=ids)._raw_delete("default")  # type: ignore[attr-defined]
    insert_rows(documents, ("record_id", "body"), list(record_type.documents(ids)))
