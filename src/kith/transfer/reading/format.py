"""What a file is, by its content; its name is only a label."""

import mmap
import re
from pathlib import Path

from .encoding import marked_encoding
from .limits import Limits
from .package import Package
from .refusal import Refusal

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
OLD_BIFF = re.compile(
    rb"\x09[\x00\x02\x04]\x04\x00|\x09[\x00\x02\x04]\x06\x00|\x09\x08[\x08\x10]\x00"
)
PACKED = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
OTHER = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"SQLite format 3",
    b"\x7fELF",
    b"MZ\x90",
)
# Names of streams in an OLE file, the first that is there decides; a workbook may hold others.
STREAMS: tuple[tuple[str, Refusal | None], ...] = (
    ("Workbook", None),
    ("Book", None),
    ("EncryptedPackage", Refusal("encrypted")),
    ("WordDocument", Refusal("not-a-spreadsheet", "document")),
    ("PowerPoint Document", Refusal("not-a-spreadsheet", "document")),
)
ENTRY = 128  # Directory entries of an OLE file stand at multiples of their size.
# Parts that tell the kinds of zipped files apart, the first match decides.
PARTS: tuple[tuple[str, str | Refusal], ...] = (
    (r".*workbook\.bin", "xlsb"),
    (r".*workbook\.xml", "xlsx"),
    (r"(word|ppt|visio)/.*", Refusal("not-a-spreadsheet", "document")),
    (r"\[content_types\]\.xml", "xlsx"),
    (r".*\.iwa", Refusal("unsupported", "numbers")),
    (r"content\.xml", "ods"),
)


def format_of(path: Path, limits: Limits) -> str:
    """Returns 'xlsx', 'xlsb', 'ods', 'xls', 'csv' or 'vcf'. Raises Refusal for anything else."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\0 \t\r\n"):
        raise Refusal("empty")
    if head.startswith(b"PK"):
        return zipped_format(path, limits)
    if head.startswith(OLE):
        return ole_format(path)
    if OLD_BIFF.match(head):
        return "xls"
    if head.startswith(PACKED):
        raise Refusal("not-a-spreadsheet", "archive")
    if head.startswith(OTHER):
        raise Refusal("not-a-spreadsheet")
    return text_format(head)


def zipped_format(path: Path, limits: Limits) -> str:
    package = Package(path, limits, lambda: None)
    if "mimetype" in package:
        kind = b"".join(package.small("mimetype"))
        if b"opendocument.spreadsheet" in kind:
            return "ods"
        raise Refusal("not-a-spreadsheet", "document")
    for pattern, answer in PARTS:
        if package.has(pattern):
            return told(answer)
    raise Refusal("not-a-spreadsheet", "archive")


def told(answer: str | Refusal) -> str:
    if isinstance(answer, Refusal):
        raise answer
    return answer


def ole_format(path: Path) -> str:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        for name, refusal in STREAMS:
            if has_stream(content, name.encode("utf-16-le") + b"\0\0"):
                return told(refusal or "xls")
    return "xls"


def has_stream(content: mmap.mmap, entry: bytes) -> bool:
    place = content.find(entry)
    while place >= 0 and place % ENTRY:
        place = content.find(entry, place + 1)
    return place >= 0


def text_format(head: bytes) -> str:
    start = head.replace(b"\0", b"").lstrip().lower()
    if b'progid="excel.sheet"' in start or b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        raise Refusal("unsupported", "old-xml")
    if start.startswith(b"mime-version:") or (
        start.startswith(b"<") and (b"<table" in start or b"<html" in start)
    ):
        raise Refusal("unsupported", "web-page")
    if start.startswith((b"<?xml", b"<svg", b"<!doctype", b"<html")):
        raise Refusal("not-a-spreadsheet")
    if start.startswith(b"begin:vcard"):
        return "vcf"
    if not marked_encoding(head) and is_binary(head):
        raise Refusal("not-a-spreadsheet")
    return "csv"


def is_binary(head: bytes) -> bool:
    """A few stray control characters, even zeros, still are text."""
    controls = sum(byte < 32 and byte not in b"\t\n\r\x0b\x0c\x1a" for byte in head)
    return controls > max(1, len(head) // 50)
