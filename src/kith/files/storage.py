"""Files by their content: the name somebody gave is a label and never becomes a path."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, NamedTuple

from django.conf import settings


class Kept(NamedTuple):
    """`digest` is the SHA-256 of the content, in hexadecimal."""

    digest: str
    size: int


class TooLarge(Exception):
    """The content is longer than was allowed; nothing was kept."""


def keep(chunks: Iterable[bytes], *, most: int) -> Kept:
    """Store a stream of bytes; the same content is stored once. Raises TooLarge."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".part-", delete=False) as part:
        try:
            kept = _write(part, chunks, most)
        except BaseException:
            Path(part.name).unlink()
            raise
    _put(Path(part.name), path_of(kept.digest))
    return kept


def _write(part: IO[bytes], chunks: Iterable[bytes], most: int) -> Kept:
    sha, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > most:
            raise TooLarge
        sha.update(chunk)
        part.write(chunk)
    return Kept(sha.hexdigest(), size)


def _put(part: Path, to: Path) -> None:
    to.parent.mkdir(exist_ok=True)
    part.chmod(0o600)
    os.replace(part, to)  # noqa: PTH105  # Atomic, also over the same content.


def path_of(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest
