"""Work that takes longer than a request, as the person who started it sees it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    UNDONE = "undone", _("undone")


ACTIVE = (State.QUEUED, State.RUNNING)


class Job(models.Model):
    kind = models.CharField(_("kind"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.QUEUED)
    arguments: models.JSONField[dict[str, Any]] = models.JSONField(_("arguments"), default=dict)
    # What the job function needs to go on where a killed worker left off.
    checkpoint: models.JSONField[Any] = models.JSONField(_("checkpoint"), null=True)
    done = models.BigIntegerField(_("done"), default=0)
    total = models.BigIntegerField(_("of"), null=True)
    message = models.TextField(_("message"), blank=True)
    url = models.CharField(_("result"), max_length=200, blank=True)
    undo = models.CharField(_("where it is undone"), max_length=200, blank=True, default="")
    cancel_requested = models.BooleanField(_("to be cancelled"), default=False)
    # Which worker process has it; a worker that lost a job to another finds so by this.
    worker = models.CharField(_("worker"), max_length=80, blank=True)
    crashes = models.PositiveSmallIntegerField(_("times interrupted"), default=0)
    task_id = models.UUIDField(_("queue entry"), null=True)
    heartbeat_at = models.DateTimeField(_("last seen running"), null=True)
    created_at = models.DateTimeField(_("created"))
    started_at = models.DateTimeField(_("started"), null=True)
    finished_at = models.DateTimeField(_("finished"), null=True)
    # When its user took note of how it ended.
    seen_at = models.DateTimeField(_("seen"), null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("user", "-id"), name="job_of_user"),
            models.Index(
                fields=("state",), name="job_active", condition=models.Q(state__in=ACTIVE)
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def is_new(self) -> bool:
        """Whether it has ended, and its user has not taken note of that yet."""
        return not self.is_active and self.seen_at is None

    @property
    def can_undo(self) -> bool:
        """Also of one that was stopped or failed half-way: what it did is still there."""
        return bool(self.undo) and not self.is_active and self.done > 0

    @property
    def percent(self) -> int | None:
        """None as long as that can't be told, as before the first step."""
        return min(100, 100 * self.done // self.total) if self.total and self.done else None
