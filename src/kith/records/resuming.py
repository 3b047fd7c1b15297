"""Jobs that write one change set in many transactions, so that it is undone as a whole."""

from collections.abc import Callable

from kith.history.models import ChangeSet
from kith.jobs.progress import Progress

Step = Callable[[int, ChangeSet], None]
"""Called inside each transaction with how many records were gone through, and the change set."""


def in_one_set(progress: Progress) -> tuple[ChangeSet | None, Step]:
    """Where a job that was killed goes on, and how it remembers."""
    before = progress.checkpoint or {"done": 0, "change_set": None}

    def step(done: int, record: ChangeSet) -> None:
        total = before["done"] + done
        progress.step(total, checkpoint={"done": total, "change_set": record.pk})

    return ChangeSet.objects.filter(pk=before["change_set"]).first(), step
