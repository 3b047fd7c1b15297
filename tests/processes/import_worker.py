"""A worker process that imports in small portions, so that a kill falls between two of them."""

import sys
import time
from datetime import timedelta

import django

django.setup()

from kith.jobs import heartbeat, worker  # noqa: E402
from kith.transfer.services import linking, portions, writing  # noqa: E402

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
    # Seconds of patience would be seconds of test.
    heartbeat.EVERY_SECONDS = 0.2
    worker.STALE_AFTER = timedelta(seconds=1)
    worker.SECONDS_BETWEEN_RECOVERIES = 0.2
    importing = worker.Worker()
    importing.configure_signals()
    sys.exit(importing.run())
