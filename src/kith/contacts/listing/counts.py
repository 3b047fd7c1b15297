"""How many there are, as far as it is counted."""

from kith.core.habits import count_text

MOST_COUNTED = 10_000
MOST_AT_A_WALK = 250
"""Where each contact has to be asked."""
LOOKED_AT = 1_000
"""So many contacts are asked before counting is given up."""
AT_LEAST = 1 << 40
"""Is added to a number where counting was given up: there are more."""


def known(total: int) -> int:
    """What has been counted of them."""
    return total - AT_LEAST if total >= AT_LEAST else total


def raised(total: int, least: int) -> int:
    """The same, if so many have been seen."""
    return max(total, AT_LEAST + least if total >= AT_LEAST else least)


def shown_total(total: int, most: int = MOST_COUNTED) -> str:
    """A capped count as people read it: '1,204', '10,000+'."""
    more = "+" if total > most else ""
    return count_text(known(total) if total >= AT_LEAST else min(total, most)) + more
