"""Cells in which a formula of the sheet failed: they hold an error's name instead of a value."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.transfer.plan import Plan

EXCEL = ("N/A", "NAME?", "NULL!", "NUM!", "REF!", "VALUE!", "DIV/0!", "SPILL!", "CALC!", "FIELD!",
         "BLOCKED!", "BUSY!", "CONNECT!", "GETTING_DATA", "UNKNOWN!")  # fmt: skip
LIBRE_OFFICE = (501, 502, 504, 508, 509, 522)
ERRORS = frozenset((*(f"#{name}" for name in EXCEL), *(f"Err:{n}" for n in LIBRE_OFFICE)))
"""As both show them (ECMA-376, 18.18.11, and what came later)."""
MESSAGE = _("A formula of the sheet failed here; the cell was left out.")
Note = dict[str, Any]


def without_errors(plan: Plan, cells: list[Any]) -> tuple[list[Any], list[Note]]:
    """The row without them, and a caution for each whose column is mapped."""
    if ERRORS.isdisjoint(cells):
        return cells, []
    broken = {place for place, cell in enumerate(cells) if cell in ERRORS}
    cautions = [
        {"column": heading, "field": name, "code": "formula-failed", "message": str(MESSAGE),
         "value": cells[place]}
        for heading, name, place in plan.mapped(broken)
    ]  # fmt: skip
    return [None if place in broken else cell for place, cell in enumerate(cells)], cautions
