"""The embedded worker: a child process that is started again when it dies."""

import logging
import os
import subprocess
import sys
import threading

from kith.config import defaults

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0
MOST_MAPPED_MB = 256


class WorkerProcess:
    def __init__(self, *, patience: float) -> None:
        self._patience = patience
        self._stopping = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        # A web process forked while the worker is being started would inherit the pipe by which
        # its start is told, and hold it open: the keeper would wait for that process to end.
        os.register_at_fork(
            before=self._lock.acquire,
            after_in_parent=self._lock.release,
            after_in_child=self._lock.release,
        )
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        """The first one is started here and not by the thread: while it is, the server must not
        fork, or the fork keeps the pipe open that tells whether the program began."""
        self._begin()
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        with self._lock:
            if self._process is not None:
                self._process.terminate()
        self._thread.join(self._patience)
        if self._process is not None and self._process.poll() is None:
            logger.warning("The worker did not stop in time; its job goes on at the next start.")
            self._process.kill()

    def _keep(self) -> None:
        while self._process is not None:
            code = self._process.wait()
            if self._stopping.wait(PAUSE_SECONDS):
                return
            logger.error("The worker ended with code %s; starting another.", code)
            self._begin()

    def _begin(self) -> None:
        with self._lock:
            if not self._stopping.is_set():
                # A group of its own: Ctrl C is for the server, which stops it in its turn.
                self._process = subprocess.Popen(
                    self._command(), process_group=0, env=_environment()
                )

    def _command(self) -> list[str]:
        """The child watches its parent, so that it never outlives a killed server."""
        return [sys.executable, "-m", "kith", "worker", "--parent", str(os.getpid())]


def _environment() -> dict[str, str]:
    """A worker goes through all there is: what it maps of the file would all count as its own."""
    mapped = min(defaults.SQLITE_MAPPED_MB, MOST_MAPPED_MB)
    return {**os.environ, "KITH_SQLITE_MAPPED_MB": str(mapped)}
