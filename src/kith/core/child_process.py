"""Processes that read hostile files: how they are started, and asked one question or many."""

import json
import os
import select
import subprocess
import sys
import sysconfig
import time
import weakref
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

SOURCE = str(Path(__file__).resolve().parents[2])
LONGEST_LINE = 1 << 20


class ChildFailed(Exception):
    """It crashed, took too long, or answered what can't be read."""


def environment() -> dict[str, str]:
    """Nothing of the server's own: it holds secrets. The path spares the child its start files."""
    paths = [SOURCE, *dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))]
    return {"PYTHONPATH": os.pathsep.join(paths), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}


def command(module: str) -> list[str]:
    """Neither the working folder nor anything a user installed is looked into for modules."""
    return [sys.executable, "-P", "-s", "-S", "-m", module]


def ask(module: str, request: Mapping[str, Any], *, seconds: float) -> Mapping[str, Any]:
    """One JSON object to the child's input, one from its output. Raises ChildFailed."""
    try:
        done = subprocess.run(
            command(module),
            input=json.dumps(request).encode(),
            capture_output=True,
            env=environment(),
            cwd="/",
            start_new_session=True,
            timeout=seconds,
            check=True,
        )
        answer: Mapping[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise ChildFailed(module) from error
    return answer


class Servant:
    """A child that is asked again and again, a JSON line each time, as long as it answers.

    Who asked what it died of, or what takes it too long, gets ChildFailed; the next question goes
    to another child. It ends with this object.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._child: subprocess.Popen[bytes] | None = None
        self._end: weakref.finalize[Any, Any] | None = None

    def ask(self, request: Mapping[str, Any], *, seconds: float) -> Mapping[str, Any]:
        """Raises ChildFailed."""
        used, began = self._child is not None, time.monotonic()
        try:
            return self._asked(request, seconds)
        except ChildFailed:
            if not used or time.monotonic() - began > seconds / 4:
                raise
        # It had served others before, and may have been worn out by them.
        return self._asked(request, seconds)

    def close(self) -> None:
        if self._end:
            self._end()
        self._child = self._end = None

    def _asked(self, request: Mapping[str, Any], seconds: float) -> Mapping[str, Any]:
        try:
            child = self._child or self._started()
            assert child.stdin
            assert child.stdout
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.flush()
            answer: Mapping[str, Any] = json.loads(_line(child.stdout.fileno(), seconds))
        except (OSError, ValueError) as error:
            self.close()
            raise ChildFailed(self._module) from error
        return answer

    def _started(self) -> "subprocess.Popen[bytes]":
        self._child = subprocess.Popen(
            command(self._module),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            cwd="/",
            start_new_session=True,
        )
        self._end = weakref.finalize(self, _ended, self._child)
        return self._child


def _line(descriptor: int, seconds: float) -> bytes:
    """Raises TimeoutError, or ValueError at the end of what is said."""
    told, end = b"", time.monotonic() + seconds
    while not told.endswith(b"\n"):
        if not select.select([descriptor], [], [], max(0, end - time.monotonic()))[0]:
            raise TimeoutError
        piece = os.read(descriptor, 1 << 16)
        if not piece or len(told) > LONGEST_LINE:
            raise ValueError(told[:100])
        told += piece
    return told


def _ended(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
