"""Where a change set is undone at."""

from urllib.parse import urlencode

from django.urls import reverse

from kith.history.models import ChangeSet


def undo_url(changes: ChangeSet | None, *, then: str = "") -> str:
    """ "" where nothing was changed. `then` is the page of ours to go to afterwards."""
    if not changes:
        return ""
    url = reverse("contacts:undo", args=[changes.pk])
    return f"{url}?{urlencode({'next': then})}" if then else url
