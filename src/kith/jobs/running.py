"""Running one job: from the claim to its end, whatever the end is."""

import logging

from django.utils.translation import gettext as _

from kith.core.errors import KithError
from kith.core.habits import as_the_firm_writes
from kith.core.shapes import shapes

from . import claims, progress, registry
from .heartbeat import heartbeat
from .models import Job, State

logger = logging.getLogger(__name__)


def run(job_id: int) -> None:
    job = claims.claim(job_id)
    if job is None:
        return
    with heartbeat(job):
        _run_claimed(job)


def _run_claimed(job: Job) -> None:
    try:
        outcome = _call(job)
    except progress.Cancelled:
        claims.finish(job, State.CANCELLED, message=_("Cancelled."))
    except progress.Interrupted:
        claims.release(job)
    except progress.Lost:
        logger.warning("Job %s (%s) was taken over by another worker.", job.pk, job.kind)
    except KithError as error:
        claims.finish(job, State.FAILED, message=str(error))
    except Exception:
        logger.exception("Job %s (%s) failed.", job.pk, job.kind)
        claims.finish(job, State.FAILED, message=_failure(job))
    else:
        claims.finish(job, State.DONE, message=outcome.message, url=outcome.url)


def _call(job: Job) -> registry.Outcome:
    shapes.look_again()
    function = registry.function_for(job.kind)
    with as_the_firm_writes():
        return function(progress.Progress(job), **job.arguments) or registry.Outcome()


def _failure(job: Job) -> str:
    return _(
        "Something went wrong that should not have. What was done so far was kept; "
        "the administrator finds the reason in the log, under job %(number)d."
    ) % {"number": job.pk}
