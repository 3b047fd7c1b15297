"""What an undo did, in words."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.core.habits import count_text
from kith.core.record_types import registry
from kith.records.undo import Kept, UndoReport

NAMED = 3


def told(report: UndoReport, reader: Any) -> str:
    """'Undone: 2 changes. Kept: Designation of Anjali Smithson, because …'

    Of records that the reader may not see, or that are gone, it says how many they are.
    """
    parts = []
    if report.undone or not report.kept:
        done = ngettext("Undone: %(n)s change.", "Undone: %(n)s changes.", report.undone)
        parts.append(
            done % {"n": _many(report.undone)} if report.undone else _("There was nothing to undo.")
        )
    seen = [each for each in report.kept if not each.unseen]
    if seen:
        parts.append(_kept(seen, reader))
    unseen = len(report.kept) - len(seen)
    if unseen:
        left = ngettext(
            "%(n)s record was left as it is: gone, or not yours to see.",
            "%(n)s records were left as they are: gone, or not yours to see.",
            unseen,
        )
        parts.append(left % {"n": _many(unseen)})
    return " ".join(parts)


def _kept(kept: Sequence[Kept], reader: Any) -> str:
    names = [_name(each, reader) for each in kept[:NAMED]]
    if len(kept) > NAMED:
        more = len(kept) - NAMED
        names.append(ngettext("%(n)s more", "%(n)s more", more) % {"n": _many(more)})
    why = _("because it was changed again since, or is used elsewhere")
    return _("Kept as it is: %(what)s, %(why)s.") % {"what": ", ".join(names), "why": why}


def _many(count: int) -> str:
    return count_text(count)


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
