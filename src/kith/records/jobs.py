"""Undo of a large change set, as a job that can be left alone."""

from typing import Any

from kith.history.models import Change, ChangeSet
from kith.jobs.progress import Progress
from kith.jobs.registry import Outcome, kind
from kith.records import undo as undoing
from kith.records.statistics import statistics_renew
from kith.records.telling import told


@kind("undo")
def run_undo(progress: Progress, *, change_set: int) -> Outcome:
    original: Any = ChangeSet.objects.get(pk=change_set)
    total = Change.objects.filter(change_set=original).count()
    progress.step(total=total)

    def on_step(seen: int, report: undoing.UndoReport) -> None:
        progress.step(seen, checkpoint=report.as_json())

    report = undoing.undo(
        actor=progress.user,
        original=original,
        on_step=on_step,
        report=progress.checkpoint and undoing.UndoReport.from_json(progress.checkpoint),
    )
    statistics_renew(total)
    return Outcome(message=told(report, progress.user))
