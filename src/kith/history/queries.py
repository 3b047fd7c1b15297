"""Reads history for people."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from kith.core.among import among_sql, one_value
from kith.core.prepared import TEXT, Prepared, Slot, known_cursor, slot
from kith.history.models import Action, Change, ChangeSet


def changes_of(
    subject_type: str,
    subject_id: int,
    *,
    limit: int,
    before: int | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Sequence[Change]:
    """The changes that show on this record's page, newest first, with their change sets.

    `before` is the id of the last change shown. Each of the two indexes is read in its own
    order and cut off: a condition on both would sort everything.
    """
    if before is None and since is None and until is None:
        return _latest(limit).objects(type=subject_type, id=subject_id)
    within = Q(subject_type=subject_type)
    if before is not None:
        within &= Q(pk__lt=before)
    if since is not None:
        within &= Q(change_set__created_at__gte=since)
    if until is not None:
        within &= Q(change_set__created_at__lt=until)
    return list(_changes(within, subject_id, limit))


def _changes(within: Q, subject_id: int | Slot, limit: int) -> QuerySet[Change]:
    rows = Change.objects.filter(within).order_by("-pk").values("pk")
    about = rows.filter(subject_id=subject_id)[:limit]
    beside = rows.filter(other_subject_id=subject_id)[:limit]
    found = Change.objects.filter(pk__in=_either(about, beside)).select_related("change_set")
    return found.order_by("-pk")[:limit]


@lru_cache(maxsize=16)
def _latest(limit: int) -> Prepared:
    """The first page, which every card asks for."""
    return Prepared(lambda: _changes(Q(subject_type=slot("type", TEXT)), slot("id"), limit))


def _either(one: QuerySet[Any, Any], other: QuerySet[Any, Any]) -> RawSQL:
    """Ids of both. Django cuts off the parts of a union only where SQLite need not read them."""
    (first, params), (second, more) = (each.query.sql_with_params() for each in (one, other))
    sql = f"SELECT * FROM ({first}) one UNION SELECT * FROM ({second}) other"  # noqa: S608 (worded by Django)
    return RawSQL(sql, (*params, *more))  # noqa: S611 (the same)


def last_change(record_type: str, subject_id: int) -> ChangeSet | None:
    """The act that changed the record itself last."""
    rows = Change.objects.filter(
        subject_type=record_type, subject_id=subject_id, record_type=record_type
    ).exclude(action=Action.REVEAL)
    change = rows.select_related("change_set").order_by("-pk").first()
    return change.change_set if change else None


def state_before(
    record_type: str, record_id: int, now: dict[str, Any], steps: int
) -> dict[str, Any]:
    """What the record held before its last `steps` updates: `now` with these taken back."""
    rows = Change.objects.filter(
        subject_type=record_type,
        subject_id=record_id,
        record_type=record_type,
        action=Action.UPDATE,
    )
    state = dict(now)
    for values in rows.order_by("-pk").values_list("values", flat=True)[: max(0, steps)]:
        state |= {name: pair[0] for name, pair in values.items()}
    return state


def changed_fields(change_set: ChangeSet | None, record_type: str, record_id: int) -> set[str]:
    """The names of the fields of one record that a change set changed."""
    rows = Change.objects.filter(
        change_set=change_set, record_type=record_type, record_id=record_id
    )
    return {name for values in rows.values_list("values", flat=True) for name in values}


def changed_by(change_set: ChangeSet, record_type: str) -> set[int]:
    """The ids of the records of a type that a change set made, changed or removed."""
    rows = Change.objects.filter(change_set=change_set, record_type=record_type)
    return set(rows.exclude(action=Action.REVEAL).values_list("record_id", flat=True))


def change_of(record_type: str, record_id: int, pk: int) -> Change | None:
    """One of a record's own changes, with its change set."""
    rows = Change.objects.filter(pk=pk, record_type=record_type, record_id=record_id)
    return rows.exclude(action=Action.REVEAL).select_related("change_set").first()


def state_after(change: Change, now: dict[str, Any]) -> dict[str, Any]:
    """What the record held right after one of its changes: `now` with the later ones taken back."""
    later = Change.objects.filter(
        subject_type=change.subject_type,
        subject_id=change.subject_id,
        record_type=change.record_type,
        record_id=change.record_id,
        action=Action.UPDATE,
        pk__gt=change.pk,
    )
    state = dict(now)
    for values in later.order_by("-pk").values_list("values", flat=True):
        state |= {name: pair[0] for name, pair in values.items()}
    return state


def last_changed(record_type: str, ids: Sequence[int]) -> dict[int, dict[str, str]]:
    """By record and field: when it was changed last, as ISO text in UTC. One question."""
    rows = Change.objects.filter(
        subject_type=record_type, subject_id__in=ids, record_type=record_type
    ).exclude(action=Action.REVEAL)
    found: dict[int, dict[str, str]] = {pk: {} for pk in ids}
    told = rows.order_by("pk").values_list("record_id", "change_set__created_at", "values")
    for pk, at, values in told.iterator():
        if pk in found:
            found[pk].update(dict.fromkeys(values, at.astimezone(UTC).isoformat()))
    return found


def also_changed(
    ids: Sequence[int], subject_type: str, subject_id: int, most: int = 1
) -> dict[int, int]:
    """How many other records of that type these change sets changed, by the change set; left out
    where it is none. Counted until there are more than `most`. A link, which shows on two records,
    is one thing.
    """
    asked = one_value(ids, connection.vendor)
    params = [subject_id, subject_type, MOST_OF_ONE + most, asked]
    with known_cursor() as cursor:
        cursor.execute(_OTHERS[connection.vendor], params)
        return {pk: others for pk, others in cursor.fetchall() if others}


MOST_OF_ONE = 100
"""Changes of one record, with its links and sites, that one act hardly exceeds."""
_OTHERS = {
    vendor: f"""
SELECT act.id, (
    SELECT count(DISTINCT nullif(subject_id, %s)) FROM (
        SELECT subject_id FROM history_change
        WHERE change_set_id = act.id AND subject_type = %s AND other_subject_id IS NULL
        ORDER BY id LIMIT %s
    ) first
)
FROM history_changeset act WHERE {among_sql("act.id", vendor)}"""  # noqa: S608 (our own columns)
    for vendor in ("sqlite", "postgresql")
}
