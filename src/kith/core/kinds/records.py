"""Another record as a value: kept by its id, shown only as far as the reader may see it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.core.kinds.kind import Context, Invalid, Kind, cell_text
from kith.core.text import plain

_UNKNOWN = _("There is no such record, or it is not yours to see.")
_SEVERAL = _("Several are called so. Give the code of the one that is meant.")


class Record(Kind):
    """The id of a record of a type, given by its code or by a name that only one has."""

    widget = "record"

    def __init__(self, record_type: str) -> None:
        self.record_type = record_type

    def clean(self, raw: Any, context: Context) -> int | None:
        if isinstance(raw, int) and not isinstance(raw, bool) and not context.from_sheet:
            if not record_label(raw, context):
                raise Invalid("unknown-record", _UNKNOWN, raw)
            return raw
        text = plain(cell_text(raw))
        if not text:
            return None
        found = context.records.find(text) if context.records else []
        if len(found) != 1:
            message = _SEVERAL if found else _UNKNOWN
            raise Invalid("several-records" if found else "unknown-record", message, text[:100])
        return found[0]

    def show(self, value: Any, context: Context) -> str:
        return "" if value is None else record_label(value, context)

    def export(self, value: Any, context: Context) -> str | None:
        """Its code, which is read back as the same record; nothing for one that is hidden."""
        if value is None or not record_label(value, context):
            return None
        assert context.records is not None
        return context.records.code(value)

    def to_db(self, value: Any) -> Any:
        return value


def record_label(record_id: int, context: Context) -> str:
    try:
        return context.records.label(record_id) if context.records else ""
    except LookupError:
        return ""
