"""What an undo did, in words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.core.record_types import registry
from kith.records.undo import Kept, UndoReport

NAMED = 3


def told(report: UndoReport, reader: Any) -> str:
    """'Undone: 2 changes. Kept: Designation of Anjali Smithson, because …'

    Records that the reader may not see are not named.
    """
    parts = []
    if report.undone or not report.kept:
        done = ngettext("Undone: %d change.", "Undone: %d changes.", report.undone)
        parts.append(done % report.undone if report.undone else _("There was nothing to undo."))
    if report.kept:
        parts.append(_kept(report.kept, reader))
    return " ".join(parts)


def _kept(kept: Sequence[Kept], reader: Any) -> str:
    names = [_name(each, reader) for each in kept[:NAMED]]
    if len(kept) > NAMED:
        more = len(kept) - NAMED
        names.append(ngettext("%d more", "%d more", more) % more)
    why = _("because it was changed again since, is used elsewhere, or is gone")
    return _("Kept as it is: %(what)s, %(why)s.") % {"what": ", ".join(names), "why": why}


def _name(kept: Kept, reader: Any) -> str:
    record_type = registry.get(kept.record_type)
    name = str(record_type.label)
    within = record_type.in_reach or record_type.visible_to
    if record_type.label_of and within(reader).filter(pk=kept.record_id).exists():
        name = record_type.label_of([kept.record_id])[kept.record_id]
    if kept.field not in record_type.by_name:
        return name
    label = record_type.field(kept.field).label
    return _("%(field)s of %(name)s") % {"field": label, "name": name}
