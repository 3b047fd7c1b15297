"""How long `kith reindex --anew` takes: the search index of all contacts, built from nothing.

KITH_DATA_DIR=… [KITH_DATABASE_URL=…] python -m benchmarks.index_building
"""

from time import perf_counter

from benchmarks.results import tell
from kith.contacts.models import Contact
from kith.records.rebuilding import rebuild


def main() -> None:
    count = Contact.objects.count()
    began = perf_counter()
    assert rebuild().mended
    tell("building of the search index", contacts=count, median=perf_counter() - began, unit="s")


if __name__ == "__main__":
    main()
