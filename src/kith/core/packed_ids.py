"""Many ids as a short text, for what a job is to remember: some bits for each, not ten bytes."""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator

MORE = 0x80


def pack_ids(ids: Iterable[int]) -> str:
    """The ids in order, each once."""
    return b64encode(zlib.compress(bytes(_gaps(sorted(set(ids)))), 1)).decode()


def unpack_ids(text: str) -> list[int]:
    ids, last, gap, shift = [], 0, 0, 0
    for byte in zlib.decompress(b64decode(text)):
        gap |= (byte & ~MORE) << shift
        shift += 7
        if not byte & MORE:
            last += gap
            ids.append(last)
            gap = shift = 0
    return ids


def _gaps(ids: Iterable[int]) -> Iterator[int]:
    """From each id to the next, seven bits a byte, the lowest first."""
    last = 0
    for each in ids:
        gap, last = each - last, each
        while gap >= MORE:
            yield gap & ~MORE & 0xFF | MORE
            gap >>= 7
        yield gap
