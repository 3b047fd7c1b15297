"""Each request sees the fields as they are when it first looks at them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from kith.core.shapes import shapes


class Fields:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        shapes.look_again()
        return self.get_response(request)
