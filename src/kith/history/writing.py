"""What a change set did, as rows for the history table. The write door inserts them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import orjson
from django.db.models import Q

from kith.core.record_types import RecordType, Values
from kith.history.models import Action, Change, ChangeSet

COLUMNS = (
    "change_set_id",
    "record_type",
    "record_id",
    "action",
    "values",
    "subject_type",
    "subject_id",
    "other_subject_id",
)


class Entry(NamedTuple):
    """One change: `values` as history keeps them, `state` the record they belong to."""

    action: Action
    record_id: int
    values: Values
    state: Values


def change_rows(
    change_set: ChangeSet, record_type: RecordType, entries: Iterable[Entry]
) -> Iterator[tuple[Any, ...]]:
    subject_type = record_type.subject_type or record_type.name
    for action, record_id, values, state in entries:
        subjects = [state.get(name) for name in record_type.subjects] or [record_id]
        yield (
            change_set.pk,
            record_type.name,
            record_id,
            action.value,
            orjson.dumps(values).decode(),
            subject_type,
            subjects[0],
            subjects[1] if len(subjects) > 1 else None,
        )


def forget(subject_type: str, ids: Sequence[int]) -> None:
    """Erase every change that shows on the pages of these records."""
    shown = Q(subject_id__in=ids) | Q(other_subject_id__in=ids)
    rows = Change.objects.filter(shown, subject_type=subject_type)
    rows._raw_delete("default")
