"""India's states by the numbers that its Goods and Services Tax gives them (24 is Gujarat)."""

import re
from functools import lru_cache

from kith.core.identifiers.gstin import STATES

_NUMBERED = re.compile(r"(\d{1,2})\s*(?:[-–.:(\s].*)?", re.ASCII)


def state_of_number(text: str) -> str:
    """The name of the state that '24', '7' or '24-Gujarat' means; "" when it means none."""
    found = _NUMBERED.fullmatch(text.strip())
    return STATES.get(found[1].zfill(2), "") if found else ""


@lru_cache(maxsize=1)
def _numbers() -> dict[str, str]:
    """By code of ISO 3166-2: where two numbers were given, the later one counts."""
    from kith.core.countries import find_state  # noqa: PLC0415 - It reads the names above.

    named = ((find_state("IN", name), number) for number, name in STATES.items() if name)
    return {code: number for code, number in named if code}


def gst_number(state: str) -> str:
    """IN-GJ has the number 24; "" for what is no state of India."""
    return _numbers().get(state, "")
