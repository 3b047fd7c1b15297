"""Processes that read hostile files: how they are started, and asked one question."""

import json
import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SOURCE = str(Path(__file__).resolve().parents[2])


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
