"""One change to many contacts, its undo, and the check of the search index over all of them."""

import os
from time import perf_counter

from benchmarks.results import tell
from kith.accounts.actors import SYSTEM
from kith.contacts.models import Contact
from kith.contacts.services.bulk import Act, Do, contacts_change
from kith.records.reindexing import reindex
from kith.records.undo import undo

MANY = int(os.environ.get("KITH_BENCH_BULK", "100000"))


def main() -> None:
    count = Contact.objects.count()
    ids = list(Contact.objects.order_by("pk").values_list("pk", flat=True)[:MANY])
    began = perf_counter()
    done = contacts_change(actor=SYSTEM, ids=ids, act=Act(Do.SET, "priority", 4))
    tell(f"change of {len(ids):,}", contacts=count, median=perf_counter() - began, unit="s")
    assert done.record
    began = perf_counter()
    undo(actor=SYSTEM, original=done.record)
    tell(f"undo of {len(ids):,}", contacts=count, median=perf_counter() - began, unit="s")
    began = perf_counter()
    assert not reindex(mend=False).mended
    tell("check of the search index", contacts=count, median=perf_counter() - began, unit="s")


if __name__ == "__main__":
    main()
