"""The photos of vCards: put beside the row file, whose cells only name them.

Nobody has looked into them yet: that is for the process that draws pictures. Addresses are not
followed.
"""

import base64
import binascii
import hashlib
import re
from pathlib import Path

MOST_BYTES = 10 << 20
MOST_CHARS = MOST_BYTES * 4 // 3 + 1000
FOLDER = "photos"
OURS = "x-kith-picture"
"""A parameter by which Kith knows a picture again that it wrote: its name, and what was written."""
DATA = re.compile(r"data:[^,;]*(?:;[^,;]*)*?;base64,", re.IGNORECASE)
SEEN = 16


def photo_cell(value: str, ours: str, folder: Path | None, *, encoded: bool) -> str:
    """The address of a photo, or the name of the file it was put into."""
    found = DATA.match(value)
    if not (found or encoded):
        return value[:500]
    if folder is None:
        return "photo:"
    try:
        content = base64.b64decode(re.sub(r"\s+", "", value[found.end() if found else 0 :]))
    except (binascii.Error, ValueError):
        content = b""
    if not content or len(content) > MOST_BYTES:
        return "photo:"
    digest = hashlib.sha256(content).hexdigest()
    path = folder / digest
    if not path.exists():
        folder.mkdir(exist_ok=True)
        path.write_bytes(content)
    name, _dash, seen = ours.partition("-")
    return f"photo:{digest}" + (f":{name}" if name and seen == digest[:SEEN] else "")
