"""The template's example row, where nobody has taken it out of the sheet."""

from typing import Any

from django.utils.translation import gettext as _

from kith.core.errors import Problem
from kith.core.kinds.kind import cell_text
from kith.core.record_types import RecordType
from kith.core.text import fold
from kith.transfer.judging import SheetRow, Verdict, note_of
from kith.transfer.models import Outcome
from kith.transfer.plan import Plan, Raw


def is_example(record_type: RecordType, raw: Raw) -> bool:
    """Whether a row holds what the example does, and nothing else. Columns may be gone, and another
    program may have taken zeros from its numbers."""
    example, needed = record_type.example, record_type.needed
    if not needed or any(raw.get(name) != example.get(name) for name in needed):
        return False
    return all(_bare(value) == _bare(example.get(name)) for name, value in raw.items())


def _bare(value: Any) -> str:
    shown = value["d"] if isinstance(value, dict) and "d" in value else value
    return "".join(each for each in fold(cell_text(shown)) if each.isalnum()).lstrip("0")


def left_out(record_type: RecordType, plan: Plan, row: SheetRow) -> Verdict:
    field = record_type.needed[0]
    message = _("This is the example row of the template: it is left out.")
    problem = note_of(Problem(field, "example", message), plan.column(field))
    outcome = Outcome.INVALID.value
    return Verdict(row.number, row.place, {}, [problem], [], outcome=outcome)
