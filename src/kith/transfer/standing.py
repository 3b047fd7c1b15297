"""What stands of an import: all that came of it, or what an undo of it has left."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from kith.core.among import among
from kith.transfer.models import Import, ImportRow, Outcome, Stage
from kith.transfer.queries import rows_of, type_of

LISTED = 100
"""Of what was kept, so much is remembered one by one."""


def left_by(importing: Import, kept: set[int]) -> dict[str, int]:
    """How many rows still have made or changed a record after an undo that kept these."""
    changed = rows_of(importing, Outcome.UPDATED).filter(among("record_id", list(kept)))
    return {
        "created": still_made(importing, rows_of(importing)).count(),
        "updated": changed.count(),
    }


def counts_now(importing: Import) -> dict[str, int]:
    return importing.counts | (importing.undo_report or {}).get("left", {})


def still_made(importing: Import, rows: QuerySet[ImportRow]) -> QuerySet[ImportRow]:
    """The rows whose record was made by the import, and is there."""
    records = type_of(importing).model._base_manager.values("pk")
    return rows.filter(outcome=Outcome.CREATED, record_id__in=records)


def taken_back(importing: Import, rows: Sequence[ImportRow]) -> set[int]:
    """The numbers of those rows of which nothing is left."""
    if importing.state != Stage.UNDONE:
        return set()
    numbers = [row.number for row in rows]
    made = still_made(importing, rows_of(importing).filter(number__in=numbers))
    standing = set(made.values_list("number", flat=True))
    return {row.number for row in rows if _undone(importing.undo_report or {}, row, standing)}


def _undone(report: dict[str, Any], row: ImportRow, standing: set[int]) -> bool:
    if row.outcome == Outcome.CREATED:
        return row.number not in standing
    all_known = report.get("kept", 0) <= LISTED
    kept = {each["record_id"] for each in report.get("records", ())}
    return row.outcome == Outcome.UPDATED and all_known and row.record_id not in kept
