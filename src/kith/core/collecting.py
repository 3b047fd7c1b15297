"""The collector of circles, where there is much work and no circles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def few_collections() -> Iterator[None]:
    """Rows are dicts and lists without circles, so the collector would only look at them, and at
    the whole programme with them, again and again: a fifth of an import's time."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
