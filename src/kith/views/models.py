"""Saved views. Written through `kith.records` only; what each user makes of them for themselves
(their order, which opens first) stands in the user's preferences."""

from django.conf import settings
from django.db import models

from kith.core.kinds.audience import EVERYONE


class SavedView(models.Model):
    """`query` is text of the one query language and `columns` are [name, width or 0], both by
    the stable names of fields; no columns are the usual ones. `of` is the list that it shows."""

    of = models.CharField(max_length=16)
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)
    columns = models.JSONField(default=list)
    sort = models.CharField(max_length=40, blank=True)
    density = models.CharField(max_length=12, blank=True)
    pinned = models.BooleanField(default=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reach = models.ForeignKey(
        "accounts.Audience", default=EVERYONE, on_delete=models.PROTECT, related_name="+"
    )
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """By which an address and a user's order name it."""
        return str(self.pk)

    @property
    def names(self) -> list[str]:
        """The columns without their widths."""
        return [name for name, _width in self.columns]
