"""What this process is to the jobs: its name, and whether it has been told to stop."""

import os
import secrets
import socket
from dataclasses import dataclass, field


def _name() -> str:
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"


@dataclass(slots=True)
class ThisProcess:
    """A plain flag: a signal handler sets it, and must not wait for a lock."""

    name: str = field(default_factory=_name)
    stopping: bool = False


this_process = ThisProcess()


NICENESS = 5


def step_back() -> None:
    """Where processors are few, pages come first: long work takes what they leave."""
    os.setpriority(os.PRIO_PROCESS, 0, max(NICENESS, os.getpriority(os.PRIO_PROCESS, 0)))
