"""The short message at the foot of the page, with Undo where there is something to undo."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

LEVELS = {"success": messages.SUCCESS, "warning": messages.WARNING, "error": messages.ERROR}


def toast(request: HttpRequest, text: str, *, undo: str = "", level: str = "success") -> None:
    """Shown by the next full page. `undo` is the URL that a POST undoes the act at."""
    messages.add_message(request, LEVELS[level], text, extra_tags=undo)


def toast_now(
    response: HttpResponse, text: str, *, undo: str = "", level: str = "success"
) -> HttpResponse:
    """Shown at once by the page that asked for this fragment."""
    trigger_client_event(response, "toast", {"text": text, "undo": undo, "level": level})
    return response
