"""Errors in plain words: what happened, what was kept, what to do."""

import logging
import sqlite3
from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.defaults import server_error
from django_htmx.http import trigger_client_event

from kith.core.errors import KithError
from kith.web.once import PostedBefore
from kith.web.pages import came_from, go
from kith.web.shell import registry
from kith.web.toasts import toast

log = logging.getLogger(__name__)
TITLES = {
    400: gettext_lazy("That could not be understood"),
    403: gettext_lazy("Your role does not allow this"),
    404: gettext_lazy("There is nothing here"),
    405: gettext_lazy("This address shows nothing by itself"),
    409: gettext_lazy("Somebody was faster"),
    413: gettext_lazy("That is too large"),
    422: gettext_lazy("That needs another look"),
    500: gettext_lazy("Something broke on our side"),
    503: gettext_lazy("That took too long"),
}
REFUSED = gettext_lazy("That can't be done")
"""Understood well, and refused; the text says why."""
TEXTS = {
    400: gettext_lazy("Nothing was changed. Go back and try again."),
    403: gettext_lazy("Nothing was changed. Ask an administrator if you need it."),
    404: gettext_lazy("It was removed, moved, or is not shared with you."),
    405: gettext_lazy("Nothing was changed. It is reached by a button of the page before it."),
    409: gettext_lazy("Nothing was overwritten. Load the page again to see both."),
    413: gettext_lazy("Nothing was saved. Send it in smaller parts."),
    500: gettext_lazy(
        "Nothing of what was saved before is lost. Try again; if it happens again, tell your "
        "administrator when it happened."
    ),
    503: gettext_lazy("It was cut off, so that others need not wait. Try again, or ask for less."),
}


def error_page(
    request: HttpRequest, status: int, text: Any = "", *, title: Any = ""
) -> HttpResponse:
    title = title or (REFUSED if status == 400 and text else TITLES.get(status, TITLES[400]))
    shown = {"title": title, "text": text or TEXTS.get(status, TEXTS[400])}
    if getattr(request, "htmx", None):
        response = render(request, "errors/fragment.html", shown, status=status)
        said = {"text": f"{shown['title']}. {shown['text']}", "undo": "", "level": "error"}
        trigger_client_event(response, "toast", said)
        return response
    refused = status == 403 and request.path == registry.search_url
    shown["nowhere"] = registry.profile_url if refused else ""
    shown["back"] = came_from(request) if request.method == "POST" else ""
    return render(request, _page(request), shown, status=status)


def _page(request: HttpRequest) -> str:
    """Who is signed in keeps the navigation and the search: an error is no dead end."""
    user = getattr(request, "user", None)
    return "errors/inside.html" if user and user.is_authenticated else "errors/page.html"


class PlainErrors:
    """Turns the errors that our own code raises into pages, and the bare 405 of Django too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.content:
            return response
        page = error_page(request, 405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, PostedBefore):
            toast(request, error.message, level="warning")
            return go(request, error.url)
        if isinstance(error, KithError):
            said = "" if error.message == error.default_message else error.message
            return error_page(request, error.status, said)
        if isinstance(error, IntegrityError) and _stands_already(error):
            log.warning("Written twice at %s", request.path, exc_info=error)
            return error_page(request, 409)
        if isinstance(error, OperationalError) and _cut_off(error):
            log.warning("Cut off at %s", request.path, exc_info=error)
            return error_page(request, 503)
        if isinstance(error, (RequestDataTooBig, TooManyFieldsSent)):
            return error_page(request, 413)
        return None


def _stands_already(error: IntegrityError) -> bool:
    """Somebody wrote what must be unique after it was looked for; a form that makes names waits
    for the other one, and says it beside the question (`kith.core.holding`)."""
    code = getattr(error.__cause__, "sqlite_errorcode", None)
    return getattr(error.__cause__, "sqlstate", None) == "23505" or code in (
        sqlite3.SQLITE_CONSTRAINT_UNIQUE,
        sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY,
    )


def _cut_off(error: OperationalError) -> bool:
    """PostgreSQL's limit of time stays with a connection (`kith.search.limits`), and may meet what
    is no search."""
    return getattr(error.__cause__, "sqlstate", None) == "57014"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    too_big = isinstance(exception, (RequestDataTooBig, TooManyFieldsSent))
    return error_page(request, 413 if too_big else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return error_page(request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.info("CSRF refused at %s: %s", request.path, reason)
    title = _("The page was open for too long")
    if getattr(request, "htmx", None):
        text = _("Nothing was changed yet. Do it once more, or else load the page again.")
        response = error_page(request, 403, text, title=title)
        # Only a page of ours can read it; its forms are good for another go.
        return trigger_client_event(response, "fresh-token", {"token": get_token(request)})
    text = _("Nothing was changed. Load it again and repeat; cookies must be allowed for that.")
    return error_page(request, 403, text, title=title)


def not_found(request: HttpRequest, exception: Http404) -> HttpResponse:  # noqa: ARG001
    return error_page(request, 404)


def broke(request: HttpRequest) -> HttpResponse:
    try:
        return error_page(request, 500)
    except Exception:  # noqa: BLE001 (whatever broke may break this page too)
        return server_error(request)
