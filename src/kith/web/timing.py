"""How long the server worked on a page, told to who has signed in: a stranger could measure with it
how long a guess takes."""

from collections.abc import Callable
from time import perf_counter

from django.http import HttpRequest, HttpResponse


class ServerTiming:
    """`request.started` is there for pages that show the figure themselves."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = perf_counter()
        request.started = started  # type: ignore[attr-defined]
        response = self.get_response(request)
        if _signed_in(request, response):
            milliseconds = (perf_counter() - started) * 1000
            response["Server-Timing"] = f"app;dur={milliseconds:.1f}"
        return response


def _signed_in(request: HttpRequest, response: HttpResponse) -> bool:
    # Of a page that broke nobody can be asked: it may have been the database.
    user = getattr(request, "user", None) if response.status_code < 500 else None
    return user is not None and user.is_authenticated
