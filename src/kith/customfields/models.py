"""What administrators say of fields and sections. Written through `kith.records` only."""

from django.db import models


class Definition(models.Model):
    """A field that an administrator made, or (without `kind`) what they say of a built-in one.

    `name` is the key under which values stand; it never changes. `required_for` holds "always",
    kinds of the record or "type:<option id>"; `policy` is what becomes of a doubtful value.
    """

    record_type = models.CharField(max_length=32)
    name = models.CharField(max_length=32)
    label = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=12, blank=True)
    section = models.CharField(max_length=32, blank=True)
    position = models.IntegerField(null=True)
    help = models.CharField(max_length=300, blank=True)
    first = models.CharField(max_length=300, blank=True)
    required_for = models.JSONField(default=list)
    policy = models.CharField(max_length=8, blank=True)
    is_unique = models.BooleanField(default=False)
    searchable = models.BooleanField(default=False)
    filterable = models.BooleanField(default=False)
    in_list = models.BooleanField(default=False)
    archived = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["record_type", "name"], name="customfields_definition_once"
            ),
        )

    def __str__(self) -> str:
        return self.label or self.name


class Section(models.Model):
    """A section of an administrator's own, or another name or place for a built-in one."""

    record_type = models.CharField(max_length=32)
    name = models.CharField(max_length=32)
    label = models.CharField(max_length=60, blank=True)
    position = models.IntegerField(null=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["record_type", "name"], name="customfields_section_once"
            ),
        )

    def __str__(self) -> str:
        return self.label or self.name
