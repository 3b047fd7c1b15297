"""A name with one mistake in it."""

import random
import string


def misspelt(rnd: random.Random, name: str) -> str:
    """One letter too many, missing, wrong, doubled, or two in each other's place."""
    places = [n for n in range(1, len(name) - 1) if name[n].isalpha() and name[n + 1].isalpha()]
    place = rnd.choice(places or [0])
    other = rnd.choice(string.ascii_lowercase)
    before, here, after = name[:place], name[place], name[place + 1 :]
    return rnd.choice(
        (
            f"{before}{other}{here}{after}",
            f"{before}{after}",
            f"{before}{other}{after}",
            f"{before}{here}{here}{after}",
            f"{before}{after[:1]}{here}{after[1:]}",
        )
    )
