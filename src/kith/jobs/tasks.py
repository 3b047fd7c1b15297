"""The one task that stands in the queue: run the job of this number."""

from uuid import UUID

from django_tasks import task

from . import running
from .models import Job


@task()
def run_job(job_id: int) -> None:
    running.run(job_id)


def enqueue(job: Job) -> None:
    job.task_id = UUID(run_job.enqueue(job.pk).id)
    Job.objects.filter(pk=job.pk).update(task_id=job.task_id)
