"""What the services of accounts do not allow, as pages that only act tell it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError

from kith.core.errors import Refused


@contextmanager
def told_why() -> Iterator[None]:
    """A page with a form shows what was wrong beside the fields; one without raises Refused."""
    try:
        yield
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error
