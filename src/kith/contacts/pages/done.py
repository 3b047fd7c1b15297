"""After a change: what was done is said, with Undo, on the page that follows."""

from django.http import HttpRequest, HttpResponse

from kith.contacts.undo_address import undo_url
from kith.history.models import ChangeSet
from kith.web.pages import go
from kith.web.toasts import toast


def done(
    request: HttpRequest,
    said: str,
    changes: ChangeSet | None,
    url: str,
    *,
    then: str = "",
    level: str = "success",
) -> HttpResponse:
    """On to `url`. Undo leads to `then`, or else to where the undo page thinks best."""
    toast(request, said, undo=undo_url(changes, then=then), level=level)
    return go(request, url)
