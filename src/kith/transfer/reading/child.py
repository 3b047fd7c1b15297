"""The process that reads a hostile file. Started by `process.py`; one request, then it ends.

The request comes as JSON on standard input; messages leave as JSON lines on standard output:
{"reader": ..., "another": bool}, {"rows": n} now and then, and last {"result": ...} or
{"refused": code, "reason": ..., "params": ...}. What is slow to import is imported when needed.
"""

import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from itertools import chain, dropwhile, islice
from pathlib import Path
from typing import IO, Any

import orjson

from .format import format_of
from .headings import heading_row, sheet_score, unique_headings
from .limits import Limits
from .numbers import Cell
from .refusal import Refusal
from .tables import Reader, Row

Request = dict[str, Any]
OUT_OF_MEMORY = b'{"refused": "too-large", "reason": "memory", "params": {}}\n'
ODS_STREAMED = 100 << 20  # Unpacked; larger ones go to calamine, which is faster.
OPEN_FILES = 64
SAMPLE_CHARS = 500
LAST_ROW = 1 << 30


class FarEnough(Exception):
    """Inspection has looked long enough at a sheet; what it found will do."""


class Voice:
    """Speaks to the parent: at once, or, to show that work goes on, four times a second."""

    def __init__(self) -> None:
        self.rows = 0
        self.spoke = time.monotonic()
        self.patience = float("inf")
        self.tired = False

    def say(self, **message: object) -> None:
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()

    def pulse(self) -> None:
        now = time.monotonic()
        if now > self.patience:
            raise FarEnough
        if now - self.spoke > 0.25:
            self.spoke = now
            self.say(rows=self.rows)


def main() -> None:
    request = json.load(sys.stdin)
    limits = Limits.from_json(request["limits"])
    confine(limits, request["seconds"], writes=request["task"] == "convert")
    voice = Voice()
    try:
        voice.say(result=TASKS[request["task"]](request, limits, voice))
    except Refusal as refusal:
        voice.say(refused=refusal.code, reason=refusal.reason, params=refusal.params)
    except MemoryError:
        os.write(1, OUT_OF_MEMORY)


def confine(limits: Limits, seconds: float, *, writes: bool) -> None:
    """Sets what the operating system enforces. The parent watches the clock."""
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Nobody listens any more: end.
    signal.setitimer(signal.ITIMER_REAL, seconds + 2)  # In case the parent is gone too.
    cpu = int(seconds) + 2
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, limits.unpacked_bytes if writes else 0),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        ceiling = resource.getrlimit(kind)[1]
        value = int(most) if ceiling == resource.RLIM_INFINITY else min(int(most), ceiling)
        resource.setrlimit(kind, (value, value))


def open_reader(request: Request, limits: Limits, voice: Voice) -> tuple[str, Reader]:
    path = Path(request["path"])
    kind = format_of(path, limits)
    openers = OPENERS[kind]
    attempt = request["attempt"]
    voice.say(reader=kind, another=attempt + 1 < len(openers))
    return kind, openers[attempt](path, limits, voice, request)


def open_delimited(path: Path, limits: Limits, voice: Voice, request: Request) -> Reader:
    from .delimited import DelimitedReader  # noqa: PLC0415

    return DelimitedReader(
        path, limits, voice.pulse, request.get("encoding"), request.get("delimiter")
    )


def open_xlsx(path: Path, limits: Limits, voice: Voice, _: Request) -> Reader:
    from .package import Package  # noqa: PLC0415
    from .xlsx import XlsxReader  # noqa: PLC0415

    return XlsxReader(Package(path, limits, voice.pulse))


def open_ods(path: Path, limits: Limits, voice: Voice, request: Request) -> Reader:
    from .ods import CONTENT, OdsReader  # noqa: PLC0415
    from .package import Package  # noqa: PLC0415

    package = Package(path, limits, voice.pulse)
    reader = OdsReader(package)
    if CONTENT in package and package.parts[CONTENT].file_size > ODS_STREAMED:
        return open_calamine(path, limits, voice, request)
    return reader


def open_xls(path: Path, limits: Limits, _: Voice, __: Request) -> Reader:
    from .legacy import XlsReader  # noqa: PLC0415

    return XlsReader(path, limits)


def open_calamine(path: Path, limits: Limits, _: Voice, __: Request) -> Reader:
    from .calamine import CalamineReader  # noqa: PLC0415

    return CalamineReader(path, limits)


def open_xlsb(path: Path, limits: Limits, voice: Voice, request: Request) -> Reader:
    from .calamine import CalamineReader  # noqa: PLC0415
    from .package import Package  # noqa: PLC0415
    from .xlsb import XlsbReader  # noqa: PLC0415

    return XlsbReader(CalamineReader(path, limits), Package(path, limits, voice.pulse))


def open_vcards(path: Path, limits: Limits, voice: Voice, request: Request) -> Reader:
    from .photos import FOLDER  # noqa: PLC0415
    from .vcards import VcardReader  # noqa: PLC0415

    photos = Path(request["to"]).parent / FOLDER if "to" in request else None
    return VcardReader(path, limits, voice.pulse, photos)


Opener = Callable[[Path, Limits, Voice, Request], Reader]
OPENERS: dict[str, list[Opener]] = {
    "csv": [open_delimited],
    "xlsx": [open_xlsx, open_calamine],
    "ods": [open_ods, open_calamine],
    "xls": [open_xls, open_calamine],
    "xlsb": [open_xlsb, open_calamine],
    "vcf": [open_vcards],
}


def inspect(request: Request, limits: Limits, voice: Voice) -> dict[str, Any]:
    kind, reader = open_reader(request, limits, voice)
    sheets = []
    for index, info in enumerate(reader.sheets()):
        sample = glance(numbered(reader.rows(index)), limits, voice)
        heading = heading_row(sample)
        columns = max([0, *(len(cells) for _, cells in sample)])
        sheets.append(
            {"name": info.name, "hidden": info.hidden, "rows": info.rows, "columns": columns}
            | {"sample": sample, "heading_row": heading}
            | {"score": sheet_score(sample, heading)}
        )
    if not any(sheet["sample"] for sheet in sheets):
        raise Refusal("empty", "barren" if voice.tired else "empty")
    return {
        "format": kind,
        "sheets": sheets,
        "encoding": getattr(reader, "encoding", None),
        "delimiter": getattr(reader, "delimiter", None),
    }


def glance(rows: Iterator[Row], limits: Limits, voice: Voice) -> list[Row]:
    sample: list[Row] = []
    voice.patience = time.monotonic() + limits.glance_seconds
    try:
        for number, cells in islice(rows, limits.sample_rows):
            sample.append((number, [shortened(cell) for cell in cells]))
    except FarEnough:
        voice.tired = True
    finally:
        voice.patience = float("inf")
    return sample


def shortened(cell: Cell) -> Cell:
    """Enough of a text to recognise it by; the rest comes with the conversion."""
    return cell[:SAMPLE_CHARS] if isinstance(cell, str) else cell


def convert(request: Request, limits: Limits, voice: Voice) -> dict[str, Any]:
    _, reader = open_reader(request, limits, voice)
    rows = numbered(reader.rows(chosen(request["sheet"], reader)))
    with Path(request["to"]).open("wb", buffering=1 << 18) as file:
        result = write_rows(file, rows, request["heading_row"], limits, voice)
    return result | {"peak_memory": peak_memory()}


def numbered(rows: Iterator[Row]) -> Iterator[Row]:
    """No two rows with one number, whatever a strange file says: importing goes by them."""
    last = 0
    for number, cells in rows:
        last = max(number, last + 1)
        if last > LAST_ROW:
            raise Refusal("damaged")
        yield last, cells


def peak_memory() -> int:
    """Not ru_maxrss, which begins with the memory of the process that started this one."""
    status = Path("/proc/self/status")
    for line in status.read_text().splitlines() if status.exists() else ():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def chosen(sheet: str | int, reader: Reader) -> int:
    names = [info.name for info in reader.sheets()]
    if isinstance(sheet, str):
        if sheet not in names and len(names) == 1:
            return 0
        if sheet not in names:
            raise Refusal("damaged", "no-such-sheet", sheet=sheet)
        return names.index(sheet)
    if not 0 <= sheet < len(names):
        raise Refusal("damaged", "no-such-sheet", sheet=str(sheet + 1))
    return sheet


def write_rows(
    file: IO[bytes], rows: Iterator[Row], heading: int, limits: Limits, voice: Voice
) -> dict[str, Any]:
    names, below = split_heading(rows, heading)
    width = widest = len(names)
    cells_written = 0
    file.write(orjson.dumps([heading, unique_headings(names, 0)]) + b"\n")
    for number, cells in below:
        if len(cells) < width:
            cells.extend([None] * (width - len(cells)))
        widest = max(widest, len(cells))
        file.write(orjson.dumps([number, cells]) + b"\n")
        voice.rows += 1
        cells_written += len(cells)
        if not voice.rows % 1000:
            voice.pulse()
        if cells_written > limits.cells:
            raise Refusal("too-large", "cells", limit=limits.cells)
    return {"rows": voice.rows, "columns": widest, "headings": unique_headings(names, widest)}


def split_heading(rows: Iterator[Row], heading: int) -> tuple[list[Cell], Iterator[Row]]:
    """Returns the cells of the heading row, if there is one, and the rows below it."""
    below = dropwhile(lambda row: row[0] < heading, rows)
    first = next(below, None)
    if first is None:
        return [], iter(())
    return (first[1], below) if first[0] == heading else ([], chain([first], below))


TASKS = {"inspect": inspect, "convert": convert}

if __name__ == "__main__":
    main()
