"""How well a name with one typing error is found by `name~`; KITH_BENCH_NAMES says how many."""

import os
import random

from benchmarks.misspelling import misspelt
from benchmarks.restricting import restricted_reader
from benchmarks.results import tell
from kith.accounts.models import User
from kith.contacts.listing.page import PER_PAGE, best
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import state_of
from kith.contacts.models import Contact
from kith.contacts.queries import visible_to

NAMES = int(os.environ.get("KITH_BENCH_NAMES", "1000"))


def main() -> None:
    user, count = restricted_reader(), Contact.objects.count()
    there, first = quality(random.Random(1), user)
    tell("misspelt name on the first page", contacts=count, median=there, unit="%")
    tell("… and there the first", contacts=count, median=first, unit="%")


def quality(rnd: random.Random, user: User) -> tuple[float, float]:
    """How many of so many names with one mistake are found, and how many of these come first."""
    people = visible_to(user).filter(kind="person").order_by("pk").values_list("pk", flat=True)
    names = Contact.objects.in_bulk(rnd.sample(list(people), min(NAMES, len(people))))
    there = first = 0
    for contact in names.values():
        name = contact.sort_name
        selection = Selection(user, state_of(f'"{misspelt(rnd, name)}"~'))
        ids = [row[0] for row in best(selection, PER_PAGE)]
        found = Contact.objects.in_bulk(ids)
        shown = [found[pk].sort_name for pk in ids]
        there += name in shown
        first += bool(shown) and shown[0] == name
    return 100 * there / len(names), 100 * first / max(there, 1)


if __name__ == "__main__":
    main()
