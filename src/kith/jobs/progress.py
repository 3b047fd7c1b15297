"""What a job function is given: tells how far it is, and hears that it shall stop."""

from time import monotonic
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from kith.accounts.actors import SYSTEM, Actor
from kith.accounts.models import User
from kith.core import clock
from kith.core.errors import Refused

from . import registry
from .models import Job, State
from .process import this_process

# Outside a transaction, progress is written at most this often.
SECONDS_BETWEEN_WRITES = 0.5
# How often it is looked whether the user may still do this.
SECONDS_BETWEEN_CHECKS = 1.0


class Stopped(BaseException):
    """Not an Exception, so that a broad handler in a job function does not swallow it."""


class Cancelled(Stopped):
    """The person has asked for it."""


class Interrupted(Stopped):
    """This worker shuts down; the job goes on in the next."""


class Lost(Stopped):
    """Another worker has taken the job over, because this one seemed dead."""


class NotAllowed(Refused):
    """Whoever started this has been deactivated since, or has lost the permission."""

    default_message = _(
        "Stopped: whoever started this may no longer do it. What was done so far was kept."
    )


class Progress:
    """Call `step` inside the transaction that writes a batch, with a checkpoint: then batch
    and checkpoint stand or fall together, and a job that is run again after a crash neither
    loses nor doubles anything.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self._written = monotonic()
        self._checked = 0.0
        self._reached = job.done

    @property
    def user(self) -> Actor:
        return self.job.user or SYSTEM

    @property
    def checkpoint(self) -> Any:
        """What the last `step` that was committed left; None on the first run."""
        return self.job.checkpoint

    def step(
        self,
        done: int | None = None,
        *,
        total: int | None = None,
        message: str | None = None,
        checkpoint: Any = None,
    ) -> None:
        """Raises Cancelled, Interrupted, Lost or NotAllowed; let them pass."""
        if this_process.stopping:
            raise Interrupted
        self._check_user()
        changes = {"done": done, "total": total, "message": message, "checkpoint": checkpoint}
        changes = {name: value for name, value in changes.items() if value is not None}
        if checkpoint is None and self._is_soon():
            # It is written when the job ends, however soon that is.
            self.job.done = self.job.done if done is None else done
            return
        self._write(changes)

    def _check_user(self) -> None:
        if self.job.user_id is None or monotonic() - self._checked < SECONDS_BETWEEN_CHECKS:
            return
        user = User.objects.select_related("role").filter(pk=self.job.user_id).first()
        permission = registry.permission_for(self.job.kind)
        if user is None or not user.is_active or (permission and not user.may(permission)):
            raise NotAllowed
        self._checked = monotonic()

    def _is_soon(self) -> bool:
        recent = monotonic() - self._written < SECONDS_BETWEEN_WRITES
        return recent and not connection.in_atomic_block

    def _write(self, changes: dict[str, Any]) -> None:
        mine = Job.objects.filter(
            pk=self.job.pk, state=State.RUNNING, worker=self.job.worker, cancel_requested=False
        )
        if self._gets_on(changes):
            # What is killed time and again, but gets on, is not given up.
            changes["crashes"] = 0
        if not mine.update(heartbeat_at=clock.now(), **changes):
            self._raise_why()
        self._written = monotonic()
        for name, value in changes.items():
            setattr(self.job, name, value)

    def _gets_on(self, changes: dict[str, Any]) -> bool:
        """Further than ever, or at another checkpoint than before."""
        checkpoint = changes.get("checkpoint")
        elsewhere = checkpoint is not None and checkpoint != self.job.checkpoint
        return elsewhere or changes.get("done", 0) > self._reached

    def _raise_why(self) -> None:
        now = Job.objects.filter(pk=self.job.pk, worker=self.job.worker).first()
        if now is not None and now.cancel_requested:
            raise Cancelled
        raise Lost
