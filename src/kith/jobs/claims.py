"""Who has a job: taking it, ending it, giving it back. Each is one conditional UPDATE."""

from django.db.models import F
from django.db.models.functions import Coalesce

from kith.core import clock

from .models import Job, State
from .process import this_process


def claim(job_id: int) -> Job | None:
    """The job, now this process's; None when it is done, cancelled or somebody else's."""
    now = clock.now()
    claimed = Job.objects.filter(pk=job_id, state=State.QUEUED).update(
        state=State.RUNNING,
        worker=this_process.name,
        heartbeat_at=now,
        started_at=Coalesce(F("started_at"), now),
    )
    return Job.objects.select_related("user").get(pk=job_id) if claimed else None


def finish(job: Job, state: State, *, message: str, url: str = "") -> None:
    """Nothing happens when another worker has the job by now."""
    Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker).update(
        state=state, message=message, url=url, done=job.done, finished_at=clock.now()
    )


def release(job: Job, *, crashes: int = 0) -> None:
    """Back to waiting; `recovery` puts it into the queue again."""
    Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker).update(
        state=State.QUEUED, worker="", crashes=F("crashes") + crashes
    )
