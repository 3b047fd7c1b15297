"""What the pages themselves keep."""

from django.db import models


class PostedForm(models.Model):
    """A form that was taken, and the address that it led to. See `kith.web.once`."""

    key = models.CharField(max_length=64, primary_key=True)
    url = models.CharField(max_length=200)
    posted_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.url
