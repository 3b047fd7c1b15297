"""What a process is started with that reads hostile files."""

import os
import sysconfig
from pathlib import Path

SOURCE = str(Path(__file__).resolve().parents[2])


def environment() -> dict[str, str]:
    """Nothing of the server's own: it holds secrets. The path spares the child its start files."""
    paths = [SOURCE, *dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))]
    return {"PYTHONPATH": os.pathsep.join(paths), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
