"""The process that opens hostile pictures. Started by `pictures.py`, one or many to a process.

Each request is a line of JSON on standard input: {"path", "folder", "crop": [left, top, side] or
null, "whole"}. Both sizes are written into `folder`; the answer is {"sizes": [...]} or {"refused":
code}. What a decoder raises over a broken file, or takes too long over, ends the process, which the
parent takes for an answer. Nothing of the original file remains in them: they are drawn anew,
upright, without any metadata.
"""

import json
import resource
import signal
import sys
import time
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
SIZES = {"large": 512, "small": 128}
SECONDS = 15
IDLE_SECONDS = 120
MEMORY_BYTES = 1_500_000_000
MOST_PIXELS = 40_000_000
MOST_JPEG_PIXELS = 200_000_000
"""A JPEG can be opened at a fraction of its size, and phones make large ones."""
ENOUGH = 2_048
LEAST_SIDE = 16
QUALITY = 82


class Refused(Exception):
    pass


def main() -> None:
    confine()
    for line in sys.stdin:
        allow_time()
        print(json.dumps(answer(json.loads(line))), flush=True)


def answer(request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"sizes": draw(request)}
    except Refused as refused:
        return {"refused": str(refused)}
    except MemoryError:
        return {"refused": "too-large"}


def allow_time() -> None:
    """For one picture. The parent watches the clock."""
    signal.setitimer(signal.ITIMER_REAL, IDLE_SECONDS)  # In case the parent is gone.
    ceiling = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = int(time.process_time()) + 1 + SECONDS
    within = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
    resource.setrlimit(resource.RLIMIT_CPU, (within, ceiling))


def confine() -> None:
    """Sets what the operating system enforces."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 8 << 20),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        ceiling = resource.getrlimit(kind)[1]
        value = most if ceiling == resource.RLIM_INFINITY else min(most, ceiling)
        resource.setrlimit(kind, (value, value))


def draw(request: dict[str, Any]) -> list[str]:
    image, shrunk = opened(request["path"])
    square = padded(image) if request.get("whole") else cut(image, shrunk, request["crop"])
    for name, side in SIZES.items():
        made = square.resize((side, side), Image.Resampling.LANCZOS)
        made.info = {}
        made.save(Path(request["folder"]) / name, "WEBP", quality=QUALITY, method=4)
    return list(SIZES)


def opened(path: str) -> tuple[Image.Image, float]:
    """The picture, upright and opaque, and how much smaller it was opened than it is."""
    Image.MAX_IMAGE_PIXELS = None  # Our own limits follow, before anything is unpacked.
    image: Image.Image = Image.open(path, formats=FORMATS)
    width = image.size[0]
    limit(image, MOST_JPEG_PIXELS if image.format == "JPEG" else MOST_PIXELS)
    image.draft("RGB", (ENOUGH, ENOUGH))
    limit(image, MOST_PIXELS)
    shrunk = width / image.size[0]
    return opaque(ImageOps.exif_transpose(image)), shrunk


def limit(image: Image.Image, most: int) -> None:
    if image.size[0] * image.size[1] > most:
        raise Refused("too-large")


def opaque(image: Image.Image) -> Image.Image:
    """On white, where one can see through it: a dark logo would be lost on a dark page."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    image = image.convert("RGBA")
    ground = Image.new("RGBA", image.size, "white")
    return Image.alpha_composite(ground, image).convert("RGB")


def padded(image: Image.Image) -> Image.Image:
    if min(image.size) < LEAST_SIDE:
        raise Refused("too-small")
    side = max(image.size)
    return ImageOps.pad(image, (side, side), color="white")


def cut(image: Image.Image, shrunk: float, crop: list[int] | None) -> Image.Image:
    """The square that was chosen, as far as it lies inside; else the one in the middle."""
    width, height = image.size
    most = min(width, height)
    if crop is None:
        left, top, side = (width - most) // 2, (height - most) // 2, most
    else:
        left, top, side = (round(each / shrunk) for each in crop)
        side = max(1, min(side, most))
        left, top = (max(0, min(at, end - side)) for at, end in ((left, width), (top, height)))
    if side * shrunk < LEAST_SIDE:
        raise Refused("too-small")
    return image.crop((left, top, left + side, top + side))


if __name__ == "__main__":
    main()
