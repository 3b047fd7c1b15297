"""An undone import brought back: its undo is a change set like any other, and is taken back."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core.errors import Refused
from kith.history.models import ChangeSet
from kith.jobs.models import Job
from kith.jobs.services import start, undone
from kith.records.undo import UndoReport, undo
from kith.transfer.models import Import, Stage
from kith.transfer.services.stages import Report


def can_bring_back(importing: Import) -> bool:
    """Not one that had not come to its end: it would look as if it had. Nor twice at once."""
    if importing.state != Stage.UNDONE or importing.finished_at is None:
        return False
    return not (importing.job and importing.job.is_active)


@transaction.atomic
def import_bring_back(*, importing: Import, actor: Any, url: str) -> Job:
    """As a job. `url` is where this was asked for, which nothing offers any more. Raises Refused
    unless it `can_bring_back`."""
    current = Import.objects.select_for_update().get(pk=importing.pk)
    if not can_bring_back(current):
        raise Refused(_("There is nothing to bring back."), code="not-undone")
    undone(url)
    title = _("Bring back %(file)s") % {"file": importing.filename}
    current.job = start("import-back", title=title, user=actor, import_id=importing.pk)
    current.save(update_fields=["job"])
    return current.job


def bring_back(*, importing: Import, actor: Any, report: Report) -> UndoReport:
    """Goes on where a killed one was left. From then on this is what an undo takes back."""
    done = UndoReport(finished=True)
    if importing.state != Stage.UNDONE:
        return done
    taken = _made_by(importing.change_set_id)
    if taken.undone_at is None:
        done = undo(actor=actor, original=taken, on_step=lambda seen, _done: report(seen, None))
    importing.change_set = _made_by(taken.pk)
    importing.state, importing.undo_report = Stage.DONE, None
    importing.save(update_fields=["change_set", "state", "undo_report"])
    return done


def _made_by(change_set: int | None) -> ChangeSet:
    """The set that its undo has made."""
    return ChangeSet.objects.filter(undoes=change_set).order_by("id")[0]
