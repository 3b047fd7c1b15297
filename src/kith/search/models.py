"""The search index. What differs between the two databases lives in this slice."""

from typing import ClassVar

from django.db import models


class Vocabulary(models.Model):
    """The different words that documents hold: a similar spelling is looked up here, and what is
    found is then searched for exactly. Words that no document holds any more do no harm, and are
    forgotten by and by (`kith.search.tidying`)."""

    text = models.CharField(max_length=40, unique=True)

    class Meta:
        abstract = True


class Document(models.Model):
    """The folded text of one record, the way `kith.core.text.fold` makes it.

    It begins and ends with a space, so that " word" finds the beginning of a word and every
    pair of letters is followed by something.
    """

    vocabulary: ClassVar[type[Vocabulary] | None] = None

    record_id = models.BigIntegerField(primary_key=True)
    place = models.BigIntegerField(unique=True)
    """In the order of names (`kith.search.places`): the full-text index of SQLite is numbered by
    it, so that what it finds comes as the list stands."""
    body = models.TextField()

    class Meta:
        abstract = True
