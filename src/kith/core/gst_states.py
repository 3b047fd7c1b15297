"""India's states by the numbers that its Goods and Services Tax gives them (24 is Gujarat)."""

import re

from kith.core.identifiers.gstin import STATES

_NUMBERED = re.compile(r"(\d{1,2})\s*(?:[-–.:(\s].*)?", re.ASCII)


def state_of_number(text: str) -> str:
    """The name of the state that '24', '7' or '24-Gujarat' means; "" when it means none."""
    found = _NUMBERED.fullmatch(text.strip())
    return STATES.get(found[1].zfill(2), "") if found else ""
