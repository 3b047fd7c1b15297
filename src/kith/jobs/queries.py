"""Whose jobs a person sees: their own."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q, QuerySet

from kith.accounts.models import User
from kith.core import clock
from kith.core.errors import NotFound
from kith.core.prepared import MOMENT, Prepared, slot

from .models import ACTIVE, Job

# How long the bell in the top bar tells of an ended job.
RECENT = timedelta(days=7)


CURRENT = Prepared(
    lambda: Job.objects.filter(
        Q(state__in=ACTIVE) | Q(finished_at__gt=slot("since", MOMENT)), user=slot("user")
    ).defer("arguments", "checkpoint")[:20]
)


def visible_to(user: User) -> QuerySet[Job]:
    return Job.objects.filter(user=user)


def current(user: User) -> Sequence[Job]:
    """What runs or waits, and what ended a short while ago: on every page, so without what
    they were started with, which is megabytes where many records were chosen."""
    return CURRENT.objects(user=user.pk, since=clock.now() - RECENT)


def job_for(user: User, job_id: int) -> Job:
    job = visible_to(user).filter(pk=job_id).first()
    if job is None:
        raise NotFound
    return job
