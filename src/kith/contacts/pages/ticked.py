"""The rows that were ticked in a list."""

from collections.abc import Sequence

from django.http import HttpRequest

MOST = 1_000


def ticked_ids(request: HttpRequest) -> Sequence[int]:
    """What is posted as `id`; what is no id is passed over."""
    texts = [text for text in request.POST.getlist("id") if text.isascii() and text.isdigit()]
    return [int(text) for text in texts[:MOST] if len(text) < 19]
