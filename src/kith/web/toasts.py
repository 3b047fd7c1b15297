"""The short message at the foot of the page, with Undo where there is something to undo."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django_htmx.http import trigger_client_event

LEVELS = {
    "info": messages.INFO,
    "success": messages.SUCCESS,
    "warning": messages.WARNING,
    "error": messages.ERROR,
}


def level_of(doubts: Sequence[str]) -> str:
    """What was done, and is doubtful, is a warning."""
    return "warning" if doubts else "success"


def toast(request: HttpRequest, text: str, *, undo: str = "", level: str = "success") -> None:
    """Shown by the next full page. `undo` is the URL that a POST undoes the act at. "info" is
    what a job has begun: it goes when the job ends."""
    messages.add_message(request, LEVELS[level], text, extra_tags=undo)


def toast_now(
    response: HttpResponse, text: str, *, undo: str = "", level: str = "success"
) -> HttpResponse:
    """Shown at once by the page that asked for this fragment."""
    trigger_client_event(response, "toast", {"text": text, "undo": undo, "level": level})
    return response
