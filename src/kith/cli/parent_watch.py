"""Ends this process when the one that started it is gone, however it went."""

import os
import signal
import threading
import time


def stop_with_parent(parent: int, *, patience: float) -> None:
    """Asks by signal first; a process that has not ended after `patience` seconds is ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(patience)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
