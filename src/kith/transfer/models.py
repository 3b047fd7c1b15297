"""Imports as bookkeeping: what was uploaded, how it is read, how far it came, what came of it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kith.jobs.models import State


class Stage(models.TextChoices):
    """Where an import stands. A failed one can go on, or be undone."""

    MAPPING = "mapping", _("choosing columns")
    CHECKING = "checking", _("checking")
    REVIEW = "review", _("ready to import")
    RUNNING = "running", _("importing")
    LINKING = "linking", _("linking")
    DONE = "done", _("imported")
    PAUSED = "paused", _("paused")
    FAILED = "failed", _("stopped")
    UNDOING = "undoing", _("being undone")
    UNDONE = "undone", _("undone")


WORKING = (Stage.CHECKING, Stage.RUNNING, Stage.LINKING, Stage.UNDOING)


class Outcome(models.TextChoices):
    """What became of a row. 'valid' is one that will be imported."""

    VALID = "valid", _("valid")
    INVALID = "invalid", _("invalid")
    DUPLICATE = "duplicate", _("duplicate")
    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")


class Profile(models.Model):
    """Choices that are made again for a sheet with the same headings, which `key` stands for."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    record_type = models.CharField(max_length=32)
    name = models.CharField(max_length=100)
    shared = models.BooleanField(default=False)
    key = models.CharField(max_length=64)
    mapping: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    options: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["user", "record_type", "name"], name="transfer_profile_once"
            ),
        )
        indexes = (models.Index(fields=["key"], name="transfer_profile_key"),)

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One uploaded sheet on its way to becoming records.

    sheets: what the file holds, as `reading.inspect` found it, samples included.
    mapping: {heading: field name, or "" to leave the column out}.
    profile: the one whose choices were taken over. options: see `kith.transfer.options`.
    counts: {total, valid, invalid, duplicates, created, updated, cautions}; of a check also
        there (rows to change what is stored), unchanging (of these, known to change nothing),
        unasked (of these, not compared with what is stored).
    news: options that the import adds to lists: [{"list", "text", "rows"}].
    place: how far the running stage has come, as an offset in its row file; it is moved in the
        transaction that writes the rows, so that a killed import goes on exactly there.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    record_type = models.CharField(max_length=32)
    filename = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    size = models.BigIntegerField()
    sheets: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    sheet = models.IntegerField(default=0)
    heading_row = models.IntegerField(null=True)
    headings: models.JSONField[list[str]] = models.JSONField(default=list)
    mapping: models.JSONField[dict[str, str]] = models.JSONField(default=dict)
    options: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    profile = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=12, choices=Stage.choices, default=Stage.MAPPING)
    failed_in = models.CharField(max_length=12, choices=Stage.choices, blank=True)
    error = models.TextField(blank=True)
    counts: models.JSONField[dict[str, int]] = models.JSONField(default=dict)
    news: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    place = models.BigIntegerField(default=0)
    files_gone_at = models.DateTimeField(null=True)
    change_set = models.ForeignKey(
        "history.ChangeSet", null=True, on_delete=models.PROTECT, related_name="+"
    )
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    # What an undo had to leave: {"undone": n, "kept": n, "records": [first hundred]}.
    undo_report: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["user", "-id"], name="transfer_import_of_user"),)

    def __str__(self) -> str:
        return self.filename

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def can_undo(self) -> bool:
        return self.change_set_id is not None and self.state in (
            Stage.DONE,
            Stage.FAILED,
            Stage.PAUSED,
        )


class ImportRow(models.Model):
    """One row of the sheet. `number` is the sheet's own, `place` where its cells lie in the file.

    problems, cautions: [{"column", "field", "code", "message", "value"}].
    choice: what a person wishes for it in the review: 'out', 'force', or nothing in particular.
    cells: what a person has corrected, by the column's place. amended: a row that was judged
        anew after that, as a line of the checked rows would hold it; it counts instead of that.
    match: what a duplicate is one of: {"row" or "record_id", "field", "column", "value"}.
    unchanging: it is known to say nothing new of the record that it is found to be.
    """

    parent = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.IntegerField()
    place = models.BigIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    warned = models.BooleanField(default=False)
    problems: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    cautions: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    match: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    choice = models.CharField(max_length=10, blank=True, db_default="", default="")
    cells: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    amended: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    unchanging = models.BooleanField(default=False, db_default=False)
    record_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["parent", "number"], name="transfer_row_once"),
        )
        # Nearly all rows are valid or created: only the others are worth an index of their own.
        indexes = (
            models.Index(
                fields=["parent", "number"],
                name="transfer_rows_invalid",
                condition=models.Q(outcome=Outcome.INVALID),
            ),
            models.Index(
                fields=["parent", "number"],
                name="transfer_rows_duplicate",
                condition=models.Q(outcome=Outcome.DUPLICATE),
            ),
            models.Index(
                fields=["parent", "number"],
                name="transfer_rows_warned",
                condition=models.Q(warned=True),
            ),
            models.Index(
                fields=["parent", "number"],
                name="transfer_rows_unchanging",
                condition=models.Q(unchanging=True),
            ),
            models.Index(
                fields=["parent", "number"],
                name="transfer_rows_amended",
                condition=~models.Q(choice="") | models.Q(cells__isnull=False),
            ),
        )


class Standing(models.TextChoices):
    """How far an export has come. What was given out at once has no file that stays."""

    WAITING = "waiting", _("being made")
    READY = "ready", _("ready")
    GIVEN = "given", _("downloaded")
    GONE = "gone", _("file removed")
    STOPPED = "stopped", _("stopped")
    FAILED = "failed", _("failed")


class Export(models.Model):
    """Who took what away, when, and as what. A large one is made by its job.

    title: of what ("Contacts"). query: what the list was asked for; ids: what was ticked in it.
    asked: how the slice that the list belongs to finds the records again.
    fields: the columns, by name; none for all that there are.
    cut: how many texts the format could not hold whole.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    record_type = models.CharField(max_length=32)
    file_format = models.CharField(max_length=8)
    title = models.CharField(max_length=100)
    query = models.TextField(blank=True)
    ids: models.JSONField[list[int] | None] = models.JSONField(null=True)
    asked: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    fields: models.JSONField[list[str]] = models.JSONField(default=list)
    reveals = models.BooleanField(default=False)
    count = models.BigIntegerField(null=True)
    size = models.BigIntegerField(null=True)
    cut = models.IntegerField(default=0, db_default=0)
    at_once = models.BooleanField(default=False)
    change_set = models.ForeignKey(
        "history.ChangeSet", null=True, on_delete=models.PROTECT, related_name="+"
    )
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    file_gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["user", "-id"], name="transfer_export_of_user"),)

    def __str__(self) -> str:
        return self.title

    @property
    def standing(self) -> Standing:
        if self.finished_at is None:
            return self._unfinished()
        if self.at_once:
            return Standing.GIVEN
        return Standing.GONE if self.file_gone_at else Standing.READY

    def _unfinished(self) -> Standing:
        if self.job is None:
            return Standing.FAILED
        if self.job.is_active:
            return Standing.WAITING
        return Standing.STOPPED if self.job.state == State.CANCELLED else Standing.FAILED

    @property
    def is_working(self) -> bool:
        return self.standing == Standing.WAITING
