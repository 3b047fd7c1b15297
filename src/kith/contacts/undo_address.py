"""Where a change set is undone at."""

from urllib.parse import urlencode

from django.urls import reverse

from kith.history.models import ChangeSet


def undo_url(changes: ChangeSet | None, *, then: str = "", of: int | None = None) -> str:
    """ "" where nothing was changed. `then` is the page of ours to go to afterwards, `of` the one
    contact whose history it stands in: there it is asked first when others changed as well."""
    if not changes:
        return ""
    url = reverse("contacts:undo", args=[changes.pk])
    given = {"next": then, "of": of}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{url}?{query}" if query else url
