"""A worker process that imports in small portions and dawdles over one of them, where it is
killed."""

import os
import sys
import time
from itertools import count

import django

django.setup()

from kith.transfer.services import linking, portions, writing  # noqa: E402
from tests.processes.impatient_worker import work  # noqa: E402

ROWS_AT_ONCE = 20


def dawdle(service, name: str) -> None:
    """At its third portion."""
    quick, portions_begun = getattr(service, name), count(1)

    def slowly(*arguments):
        if next(portions_begun) == 3 and os.environ["KITH_TEST_DAWDLE"] == name:
            time.sleep(600)
        return quick(*arguments)

    setattr(service, name, slowly)


if __name__ == "__main__":
    portions.PORTION = ROWS_AT_ONCE
    dawdle(writing.Writer, "write")
    dawdle(linking, "_connect")
    sys.exit(work())
