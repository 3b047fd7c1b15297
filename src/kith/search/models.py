"""The search index. What differs between the two databases lives in this slice."""

from django.db import models


class Document(models.Model):
    """The folded text of one record, the way `kith.core.text.fold` makes it.

    It begins and ends with a space, so that " word" finds the beginning of a word and every
    pair of letters is followed by something.
    """

    record_id = models.BigIntegerField(primary_key=True)
    body = models.TextField()

    class Meta:
        abstract = True
