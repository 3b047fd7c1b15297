"""How long the server worked on a page, told to the browser and to the benchmark."""

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
        milliseconds = (perf_counter() - started) * 1000
        response["Server-Timing"] = f"app;dur={milliseconds:.1f}"
        return response
