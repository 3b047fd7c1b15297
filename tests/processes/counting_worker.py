"""A worker process with one slow kind of job: it writes rows 0, 1, 2 … each with its checkpoint."""

import os
import sys
import time

import django

django.setup()

from django.db import transaction  # noqa: E402

from kith.accounts.models import Role  # noqa: E402
from kith.jobs import registry  # noqa: E402
from kith.jobs.progress import Progress  # noqa: E402
from tests.processes.impatient_worker import work  # noqa: E402

SLOW_FROM = int(os.environ["KITH_TEST_DAWDLE"] or 10**9)


@registry.kind("count")
def count(progress: Progress, upto: int) -> None:
    first = 0 if progress.checkpoint is None else progress.checkpoint["next"]
    for number in range(first, upto):
        with transaction.atomic():
            Role.objects.create(key=f"n{number}", name=f"n{number}")
            progress.step(number + 1, checkpoint={"next": number + 1})
        time.sleep(0.5 if number >= SLOW_FROM else 0.01)


if __name__ == "__main__":
    sys.exit(work())
