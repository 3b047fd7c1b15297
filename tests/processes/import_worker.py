"""A worker process that imports in small portions, so that a kill falls between two of them."""

import sys
import time

import django

django.setup()

from kith.transfer.services import linking, portions, writing  # noqa: E402
from tests.processes.impatient_worker import work  # noqa: E402

ROWS_AT_ONCE = 20


def slow(service, name: str) -> None:
    """Gives the test time to look between two portions."""
    quick = getattr(service, name)

    def slowly(*arguments):
        time.sleep(0.02)
        return quick(*arguments)

    setattr(service, name, slowly)


if __name__ == "__main__":
    portions.PORTION = ROWS_AT_ONCE
    slow(writing.Writer, "write")
    slow(linking, "_connect")
    sys.exit(work())
