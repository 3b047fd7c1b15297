"""Taking up what dead workers left, and forgetting what ended long ago."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from kith.core import clock

from . import claims, tasks
from .models import ACTIVE, Job, State

logger = logging.getLogger(__name__)

# A job that killed its worker this often would kill the next one too.
MOST_CRASHES = 5
KEEP_JOBS = timedelta(days=90)
KEEP_ENTRIES = timedelta(days=1)


def recover(*, stale_after: timedelta) -> None:
    """With zero seconds every other worker must be known to be dead."""
    limit = clock.now() - stale_after
    for job in Job.objects.filter(state=State.RUNNING, heartbeat_at__lte=limit):
        _take_up(job)
    _enqueue_forgotten(limit)


def prune() -> None:
    now = clock.now()
    ended = Job.objects.exclude(state__in=ACTIVE)
    ended.filter(finished_at__lt=now - KEEP_JOBS).delete()
    # Entries that a killed worker left as running are never finished: their age counts.
    old = DBTaskResult.objects.filter(enqueued_at__lt=now - KEEP_ENTRIES)
    old.exclude(pk__in=Job.objects.filter(state__in=ACTIVE).values("task_id")).delete()


def _take_up(job: Job) -> None:
    if job.crashes < MOST_CRASHES:
        logger.warning("Job %s (%s) broke off; it goes on.", job.pk, job.kind)
        claims.release(job, crashes=1)
        return
    message = _("This was given up: it broke off %(times)d times.") % {"times": job.crashes + 1}
    claims.finish(job, State.FAILED, message=message)


@transaction.atomic
def _enqueue_forgotten(limit: datetime) -> None:
    """Waiting jobs without a living queue entry; two workers may look at the same time."""
    waiting = Job.objects.filter(state=State.QUEUED).select_for_update(skip_locked=True)
    waiting_now = list(waiting)
    entries = DBTaskResult.objects.filter(pk__in=[job.task_id for job in waiting_now])
    alive = entries.ready() | entries.running().filter(started_at__gt=limit)
    living = set(alive.values_list("pk", flat=True))
    for job in waiting_now:
        if job.task_id not in living:
            tasks.enqueue(job)
