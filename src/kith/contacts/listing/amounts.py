"""Amounts as people write them: a comma between digits need not stand between two values."""

import re
from dataclasses import replace

from kith.core import kinds
from kith.core.fields import Field
from kith.search.syntax import Named

FIGURES = (kinds.Integer, kinds.Money, kinds.Number)
AMOUNT = r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}|\d+)(?:\.\d+)?"
RANGE = re.compile(rf"-?{AMOUNT}\.\.(?:-?{AMOUNT})?|\.\.-?{AMOUNT}")
BOUND = re.compile(rf"-?{AMOUNT}")


def rejoined(field: Field, named: Named) -> Named:
    """The parts of a range or a bound whose digits are grouped (1,000..5,000) are one value; what
    stands alone is two, as ever (stars:1,200 could mean either)."""
    if len(named.values) == 1 or not isinstance(field.kind, FIGURES):
        return named
    whole = ",".join(named.values)
    shape = BOUND if named.operator.startswith((">", "<")) else RANGE
    return replace(named, values=(whole,)) if shape.fullmatch(whole) else named
