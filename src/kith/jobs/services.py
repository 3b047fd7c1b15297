"""Starting and cancelling jobs."""

from typing import Any

from django.db import transaction

from kith.accounts.actors import Actor
from kith.accounts.models import User
from kith.core import clock

from . import registry, tasks
from .models import ACTIVE, Job, State


@transaction.atomic
def start(
    kind: str,
    *,
    title: str,
    user: Actor,
    total: int | None = None,
    undo: str = "",
    **arguments: Any,
) -> Job:
    """The job begins when the transaction that called for it is committed. `undo` is the URL
    where what it did is taken back as one."""
    registry.function_for(kind)
    job = Job.objects.create(
        kind=kind,
        title=title[:200],
        user=user if isinstance(user, User) else None,
        total=total,
        undo=undo,
        arguments=arguments,
        created_at=clock.now(),
    )
    tasks.enqueue(job)
    return job


def done_at_once(
    kind: str, *, title: str, user: Actor, count: int, message: str, undo: str
) -> None:
    """Work so small that it needed no job stands beside those that ended: its Undo outlasts the
    message at the foot of the page. Who did it has seen how it ended."""
    registry.function_for(kind)
    now = clock.now()
    Job.objects.create(
        kind=kind,
        title=title[:200],
        user=user if isinstance(user, User) else None,
        state=State.DONE,
        done=count,
        total=count,
        message=message,
        undo=undo,
        created_at=now,
        started_at=now,
        finished_at=now,
        seen_at=now,
    )


def seen(user: User, job: Job | None = None) -> None:
    """The user has taken note of how this job of theirs ended, or all of them."""
    ended = Job.objects.filter(user=user, seen_at=None).exclude(state__in=ACTIVE)
    if job is None or job.is_new:
        (ended if job is None else ended.filter(pk=job.pk)).update(seen_at=clock.now())


def undone(url: str) -> None:
    """What is taken back there can't be a second time, and is told as taken back."""
    jobs = Job.objects.filter(undo=url)
    jobs.exclude(state__in=ACTIVE).update(state=State.UNDONE, undo="")
    jobs.update(undo="")


def cancel(job: Job) -> None:
    """A waiting job ends at once, a running one at its next step."""
    waiting = Job.objects.filter(pk=job.pk, state=State.QUEUED)
    if not waiting.update(state=State.CANCELLED, finished_at=clock.now()):
        Job.objects.filter(pk=job.pk, state=State.RUNNING).update(cancel_requested=True)
    job.refresh_from_db()
