"""The rows of a sheet while they are still being read: the reading child and the check work side
by side, which is what two cores are for."""

import hashlib
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import IO

from kith.transfer.judging import SheetRow
from kith.transfer.reading.rowfile import row_of
from kith.transfer.reading.workbook import Converted

PAUSE_SECONDS = 0.01
Convert = Callable[..., Converted]


class Restarted(Exception):
    """The reader failed in the middle and a second one began anew: so must whoever followed."""


class Stop(Exception):
    """Nobody follows any more."""


class Arriving:
    """Runs a conversion in a thread and gives its rows as they come."""

    def __init__(self, convert: Convert, to: Path) -> None:
        self._reading: Future[Converted] | None = None
        self._convert, self._to = convert, to
        self._part = to.with_name(f"{to.name}.part")
        self._abandoned = Event()
        for left_over in (self._part, to):
            left_over.unlink(missing_ok=True)

    def __iter__(self) -> Iterator[SheetRow]:
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading") as pool:
            reading = pool.submit(self._convert, to=self._to, on_progress=self._on_progress)
            self._reading = reading
            try:
                yield from self._follow(reading)
            finally:
                self._abandoned.set()

    @property
    def converted(self) -> Converted | None:
        """What the sheet was, as soon as all of it has been read; rows may be still to come."""
        reading = self._reading
        return reading.result() if reading and reading.done() and not reading.exception() else None

    def _on_progress(self, _rows: int) -> None:
        if self._abandoned.is_set():
            raise Stop

    def _follow(self, reading: "Future[Converted]") -> Iterator[SheetRow]:
        """Raises what the reading raised. A restart shows in the content that was followed."""
        followed, place = hashlib.blake2b(), 0
        with self._open(reading) as file:
            for line in _lines(file, reading):
                followed.update(line)
                if place:
                    yield _row(line, place)
                place += len(line)
        reading.result()
        if followed.digest() != _digest(self._to):
            raise Restarted

    def _open(self, reading: "Future[Converted]") -> IO[bytes]:
        """The file as soon as there is one, under whichever name it has by then."""
        while True:
            done = reading.done()
            for path in (self._part, self._to):
                with suppress(FileNotFoundError):
                    return path.open("rb")
            if done:
                reading.result()
            time.sleep(PAUSE_SECONDS)


def _row(line: bytes, place: int) -> SheetRow:
    try:
        number, cells = row_of(line)
    except ValueError as error:
        raise Restarted from error
    return SheetRow(number, place, cells)


def _lines(file: IO[bytes], reading: "Future[Converted]") -> Iterator[bytes]:
    """Whole lines, waiting for the rest of the last one while there is more to come."""
    begun = b""
    while True:
        done = reading.done()
        line = begun + file.readline()
        if line.endswith(b"\n"):
            begun = b""
            yield line
        elif done:
            return
        else:
            begun = line
            time.sleep(PAUSE_SECONDS)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").digest()
