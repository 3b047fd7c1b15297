"""Tells other workers every two seconds that this one is alive."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection

from kith.core import clock

from .models import Job, State

logger = logging.getLogger(__name__)

EVERY_SECONDS = 2.0
STALE_AFTER = timedelta(seconds=15)


def workers_share_database() -> bool:
    """SQLite has one worker, held to that by a file lock, so that nobody listens for a heart
    whose beat would have to wait for the batch that is being written.
    """
    return connection.vendor != "sqlite"


@contextmanager
def heartbeat(job: Job) -> Iterator[None]:
    if not workers_share_database():
        yield
        return
    ended = threading.Event()
    thread = threading.Thread(target=_beat, args=(job, ended), name=f"job-{job.pk}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _beat(job: Job, ended: threading.Event) -> None:
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker)
    while not ended.wait(EVERY_SECONDS):
        try:
            mine.update(heartbeat_at=clock.now())
        except DatabaseError:
            logger.warning("The heartbeat of job %s could not be written.", job.pk, exc_info=True)
        finally:
            connection.close()
