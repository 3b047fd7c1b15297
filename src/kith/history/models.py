"""What happened: change sets, and in each the changes it made, field by field."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Door(models.TextChoices):
    """Through what a change came in."""

    SCREEN = "screen", _("screen")
    IMPORT = "import", _("import")
    COMMAND = "command", _("command line")
    API = "api", _("API")
    UNDO = "undo", _("undo")
    # An administrator's, over everybody's records: its undo reaches those as well.
    SETTINGS = "settings", _("settings")


class ChangeSet(models.Model):
    """Everything that one act changed. An import's grows over several transactions."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    door = models.CharField(max_length=16, choices=Door.choices)
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    undoes = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="+")
    # An undo of a large set goes backwards in steps; this is the change it has come down to,
    # so that a crash in the middle neither loses nor repeats one.
    undone_down_to = models.BigIntegerField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["undoes"], name="history_changeset_undoes"),)

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back, or a part of it so far."""
        return self.undone_at is not None or self.undone_down_to is not None


class Action(models.TextChoices):
    CREATE = "c", _("created")
    UPDATE = "u", _("changed")
    REMOVE = "r", _("removed")
    REVEAL = "s", _("revealed")


class Change(models.Model):
    """What one change set did to one record.

    `values` is {field: value} for a create or a remove, {field: [before, after]} for an update,
    and {field: None} for each sensitive value that somebody was shown.
    `subject` and `other_subject` are the records on whose pages it shows.
    """

    change_set = models.ForeignKey(
        ChangeSet, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    record_type = models.CharField(max_length=32)
    record_id = models.BigIntegerField()
    action = models.CharField(max_length=1, choices=Action.choices)
    values = models.JSONField()
    subject_type = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    other_subject_id = models.BigIntegerField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["change_set", "id"], name="history_change_set"),
            models.Index(fields=["subject_type", "subject_id", "id"], name="history_subject"),
            models.Index(
                fields=["subject_type", "other_subject_id", "id"],
                name="history_other_subject",
                condition=models.Q(other_subject_id__isnull=False),
            ),
        )
