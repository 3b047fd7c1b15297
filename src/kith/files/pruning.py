"""Throws away the pictures that nothing refers to any more."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kith.files import pictures

LEAST_AGE_SECONDS = 24 * 3600
"""A new file may belong to a change that is not saved yet."""
AT_ONCE = 500


def pictures_prune() -> int:
    """Returns how many pictures went. A slice that keeps none of their names has no say."""
    gone, before = 0, time.time() - LEAST_AGE_SECONDS
    for portion in _portions(before):
        used = {name for question in pictures.users for name in question(portion)}
        for digest in portion:
            if digest not in used:
                _remove(digest)
                gone += 1
    return gone


def _portions(before: float) -> Iterator[Sequence[str]]:
    portion: list[str] = []
    for path in pictures.root().glob(f"??/*.{pictures.LARGE}.webp"):
        if path.stat().st_mtime < before:
            portion.append(path.name.partition(".")[0])
        if len(portion) == AT_ONCE:
            yield portion
            portion = []
    if portion:
        yield portion


def _remove(digest: str) -> None:
    for size in (pictures.LARGE, pictures.SMALL):
        path: Path = pictures.picture_path(digest, size)
        path.unlink(missing_ok=True)
