"""The worker process: takes jobs from the queue, one at a time, until it is told to stop."""

import logging
import time
from datetime import timedelta
from types import FrameType

from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, transaction
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker
from django_tasks_db.models import DBTaskResult

from . import recovery, upkeep
from .heartbeat import STALE_AFTER, workers_share_database
from .process import this_process

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.25
SECONDS_BETWEEN_RECOVERIES = 5.0
SECONDS_BETWEEN_PRUNINGS = 3600.0
SECONDS_OF_A_DAY = 24 * 3600.0


class Worker(QueueWorker):
    """Claims as django-tasks-db does; asks more often and cheaper, and recovers jobs."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            interval=IDLE_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=this_process.name[:64],
            excluded_queue_names=[],
        )
        self._recovered = self._pruned = self._kept_up = 0.0

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """The first signal lets the job come to its next step, the second one does not."""
        this_process.stopping = True
        super().shutdown(signum, frame)

    def run(self) -> None:
        if not workers_share_database():
            recovery.recover(stale_after=timedelta(0))
        while self.running:
            close_old_connections()
            try:
                self._keep_house()
                worked = self.work_one()
            except DatabaseError:
                # A busy or restarting database; what was begun is found again by recovery.
                logger.warning("The database did not answer; trying again.", exc_info=True)
                time.sleep(1)
                continue
            if not worked:
                time.sleep(self.interval)

    def work_one(self) -> bool:
        """Whether there was a job to run."""
        ready = DBTaskResult.objects.ready().filter(backend_name=self.backend_name)
        if not ready.exists():
            return False
        with transaction.atomic():
            entry = ready.get_locked()
            if entry is not None:
                entry.claim(self.worker_id)
        if entry is None:
            return False
        self.run_task(entry)
        return True

    def _keep_house(self) -> None:
        now = time.monotonic()
        if workers_share_database() and now - self._recovered > SECONDS_BETWEEN_RECOVERIES:
            self._recovered = now
            recovery.recover(stale_after=STALE_AFTER)
        if now - self._pruned > SECONDS_BETWEEN_PRUNINGS:
            self._pruned = now
            recovery.prune()
            call_command("clearsessions")
        if not self._kept_up or now - self._kept_up > SECONDS_OF_A_DAY:
            self._kept_up = now
            upkeep.run_daily()


def run_waiting() -> int:
    """Runs what waits, here and now; for tests and one-off commands. Returns how many."""
    worker, count = Worker(), 0
    while worker.work_one():
        count += 1
    return count
