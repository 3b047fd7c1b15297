"""Photos that came with vCards become pictures of Kith's own while the rows are checked."""

import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from kith.files.pictures import painter_new, picture_is_there, picture_keep, refused
from kith.transfer.models import Import, Stage
from kith.transfer.reading.photos import FOLDER
from kith.transfer.workspace import folder_of

TOKEN = re.compile(r"photo:([0-9a-f]{64})(?::([0-9a-f]{64}))?", re.ASCII)
KEPT = "pictures"
"""The file that names those that were kept for this import."""
OVER = (Stage.DONE, Stage.UNDONE)


def is_photo(cell: object) -> bool:
    """Whether a cell stands for a photo of a vCard."""
    return isinstance(cell, str) and TOKEN.fullmatch(cell) is not None


class Photos:
    """Called with the cell of a photo; gives the name of the picture. Raises PictureRefused."""

    def __init__(self, importing: Import) -> None:
        self._importing = importing
        self._known: dict[str, str] = {}
        self._painter = painter_new()  # One process for all, until one of them is too much for it.

    def __call__(self, cell: str) -> str:
        found = TOKEN.fullmatch(cell)
        if found is None:
            raise refused("unreadable")
        digest, ours = found[1], found[2]
        if ours and picture_is_there(ours):
            return ours
        if digest not in self._known:
            self._known[digest] = self._kept(folder_of(self._importing), digest)
        return self._known[digest]

    def _kept(self, folder: Path, digest: str) -> str:
        try:
            content = (folder / FOLDER / digest).read_bytes()
        except OSError:
            raise refused("unreadable") from None
        name = picture_keep([content], painter=self._painter)
        with (folder / KEPT).open("a") as kept:
            kept.write(f"{name}\n")
        return name


def waiting_for(pictures: Sequence[str]) -> set[str]:
    """Those of these pictures that imports are going to need which are not done yet."""
    found: set[str] = set()
    for importing in Import.objects.filter(files_gone_at=None).exclude(state__in=OVER):
        with suppress(OSError):
            found.update((folder_of(importing) / KEPT).read_text().split())
    return found.intersection(pictures)
