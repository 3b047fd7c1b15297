"""Pictures of people and companies: drawn anew in a child process, stored by their content."""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from PIL import Image

from kith.core.child_process import ChildFailed, Servant
from kith.core.errors import Refused

MOST_BYTES = 25 << 20
SECONDS = 20
JPEG_QUALITY = 80
LARGE, SMALL = "large", "small"
DIGEST = re.compile(r"[0-9a-f]{64}", re.ASCII)
MESSAGES: dict[str, Any] = {
    "unreadable": _("This is no picture that can be read. Choose a JPEG, PNG, WebP or GIF file."),
    "too-large": _("This picture is too large. Choose one of at most 25 MB and 40 megapixels."),
    "too-small": _("This picture is too small. Choose one of at least 16 × 16 pixels."),
}

Crop = tuple[int, int, int]
"""Left, top and side of the chosen square, in pixels of the upright picture."""


class PictureRefused(Refused):
    """Nothing was kept of the file; the message says why, in words."""

    status = 422


def picture_keep(
    chunks: Iterable[bytes],
    *,
    crop: Crop | None = None,
    whole: bool = False,
    painter: Servant | None = None,
) -> str:
    """Store both sizes of an uploaded picture; gives their name, the hash of the larger one.

    `whole` keeps all of it, on a white square, where `crop` would cut a square out. `painter` is
    the process for who has many of them.

    Raises PictureRefused.
    """
    root().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root(), prefix=".part-") as name:
        folder = Path(name)
        _write(folder / "upload", chunks)
        _draw(folder, crop, whole=whole, painter=painter or painter_new())
        digest = hashlib.sha256((folder / LARGE).read_bytes()).hexdigest()
        # The small one first: who finds the large one finds both.
        for size in (SMALL, LARGE):
            to = picture_path(digest, size)
            to.parent.mkdir(exist_ok=True)
            (folder / size).chmod(0o600)
            os.replace(folder / size, to)  # noqa: PTH105  # Atomic, also over the same content.
    return digest


def _write(path: Path, chunks: Iterable[bytes]) -> None:
    size = 0
    with path.open("wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise refused("too-large")
            file.write(chunk)


def painter_new() -> Servant:
    return Servant("kith.files.picture_child")


def _draw(folder: Path, crop: Crop | None, *, whole: bool, painter: Servant) -> None:
    paths = {"path": str(folder / "upload"), "folder": str(folder)}
    request = {**paths, "crop": crop, "whole": whole}
    try:
        answer = painter.ask(request, seconds=SECONDS)
    except ChildFailed:
        raise refused("unreadable") from None
    if "refused" in answer:
        raise refused(answer["refused"])


def refused(code: str) -> PictureRefused:
    return PictureRefused(MESSAGES[code], code=code)


def picture_path(digest: str, size: str) -> Path:
    """Raises ValueError for what is no name of a picture."""
    if not DIGEST.fullmatch(digest) or size not in (LARGE, SMALL):
        raise ValueError(digest)
    return root() / digest[:2] / f"{digest}.{size}.webp"


def picture_is_there(digest: str) -> bool:
    return picture_path(digest, LARGE).is_file()


def picture_jpeg(digest: str, side: int) -> bytes:
    """What we drew ourselves, for programs that know nothing newer; b"" when it is gone."""
    try:
        with Image.open(picture_path(digest, LARGE), formats=("WEBP",)) as image:
            image.thumbnail((side, side))
            to = BytesIO()
            image.save(to, "JPEG", quality=JPEG_QUALITY)
    except (OSError, ValueError):
        return b""
    return to.getvalue()


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "pictures"


InUse = Callable[[Sequence[str]], set[str]]
"""Which of these pictures somebody still needs, be it for an undo."""
users: list[InUse] = []


def use(question: InUse) -> None:
    """A slice that keeps names of pictures says so when it starts: others are thrown away."""
    if question not in users:
        users.append(question)
