"""Starts the reading child, listens to it and ends it; whatever it does, the parent goes on."""

import json
import os
import selectors
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from kith.core.child_process import command, environment

Message = dict[str, Any]
CHILD = "kith.transfer.reading.child"
LONGEST_ANSWER = 32 << 20
LAST_WORDS = 2000


class Death(Exception):
    """The child ended without an answer: `code` is 'timeout', 'memory', 'error' or 'crash'.

    An 'error' is one that Python caught in a reader; a 'crash' ended the process.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code


@contextmanager
def started(words: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A child in a process group of its own, of which nothing is left afterwards."""
    child = subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        cwd="/",
        start_new_session=True,
    )
    try:
        yield child
    finally:
        # The group goes before the child is reaped: until then its number can't be another's.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe:
                with suppress(BrokenPipeError):
                    pipe.close()


def has_ended(child: "subprocess.Popen[bytes]", *, seconds: float) -> bool:
    """Waits for the end of a child that has closed its outputs, and leaves it unreaped."""
    end = time.monotonic() + seconds
    while not os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        if time.monotonic() > end:
            return False
        time.sleep(0.002)
    return True


def messages(
    request: Message,
    *,
    seconds: float,
    silence: float,
    words: list[str] | None = None,
) -> Iterator[Message]:
    """Yields what the child says. Raises Death when it says nothing final within its time."""
    with started(words or command(CHILD)) as child:
        assert child.stdin
        assert child.stdout
        assert child.stderr
        with suppress(BrokenPipeError):
            child.stdin.write(json.dumps(request).encode())
            child.stdin.close()
        ears = Ears(child.stdout.fileno(), child.stderr.fileno())
        for line in ears.lines(seconds=seconds, silence=silence):
            yield json.loads(line)
        has_ended(child, seconds=10)
    if child.returncode:
        raise cause_of_death(child.returncode, ears.last_words)


def cause_of_death(status: int, last_words: bytes) -> Death:
    if status in {-signal.SIGXCPU, -signal.SIGALRM}:
        return Death("timeout")
    if (
        status == -signal.SIGKILL
        or b"memory allocation" in last_words
        or b"MemoryError" in last_words
    ):
        return Death("memory")
    *_, last_line = ["", *last_words.decode(errors="replace").split("\n")[:-1]]
    return Death("error" if status == 1 else "crash", last_line)


class Ears:
    """Reads both outputs of a child, so that neither fills up and stops it."""

    def __init__(self, out: int, err: int) -> None:
        self.out, self.err = out, err
        self.buffer = bytearray()
        self.last_words = b""

    def lines(self, *, seconds: float, silence: float) -> Iterator[bytes]:
        end = time.monotonic() + seconds
        heard = time.monotonic()
        with selectors.DefaultSelector() as selector:
            selector.register(self.out, selectors.EVENT_READ)
            selector.register(self.err, selectors.EVENT_READ)
            while selector.get_map():
                left = min(end, heard + silence) - time.monotonic()
                if left <= 0:
                    raise Death("timeout")
                for key, _ in selector.select(left):
                    piece = os.read(key.fd, 1 << 16)
                    if not piece:
                        selector.unregister(key.fd)
                    elif key.fd == self.err:
                        self.last_words = (self.last_words + piece)[-LAST_WORDS:]
                    else:
                        heard = time.monotonic()
                        yield from self.split(piece)

    def split(self, piece: bytes) -> Iterator[bytes]:
        self.buffer += piece
        if len(self.buffer) > LONGEST_ANSWER:
            raise Death("crash", "the answer has no end")
        if b"\n" in piece:
            *lines, self.buffer = self.buffer.split(b"\n")
            yield from map(bytes, lines)
