"""Who shapes fields and sections does it alone, and knows what was shaped just before."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from kith.core.holding import hold
from kith.core.shapes import shapes


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """A transaction in which a name that was found free stays free."""
    with transaction.atomic():
        hold("fields")
        shapes.look_again()
        yield
