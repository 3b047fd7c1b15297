"""What history says of an export: who took how much, and when. Nothing of the records changed."""

from typing import Any

from django.utils.translation import gettext as _

from kith.accounts.actors import SYSTEM
from kith.history.models import ChangeSet, Door
from kith.records.door import change_set
from kith.transfer.models import Export


def door_of(actor: Any) -> Door:
    return Door.COMMAND if actor is SYSTEM else Door.SCREEN


def note_of(export: Export) -> str:
    told = {"count": export.count, "what": export.title, "format": export.file_format}
    if export.count is None:
        return _("Export: %(what)s as %(format)s") % told
    return _("Export: %(count)d %(what)s as %(format)s") % told


def remember(export: Export, actor: Any) -> None:
    """A change set that changed nothing, or the one that says whose values were revealed."""
    note = note_of(export)[:200]
    with change_set(
        actor=actor, door=door_of(actor), note=note, resume=export.change_set
    ) as changes:
        export.change_set = changes.record
        ChangeSet.objects.filter(pk=changes.record.pk).update(note=note)
