"""Worker processes that share the test's database, and are gone after the test."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
Process = subprocess.Popen[bytes]


@pytest.fixture
def start_module(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    """Starts `python -m <module>`, which dawdles at the place it is told (`dawdle=`): long enough
    for the busiest machine to end it there."""
    started: list[Process] = []
    environment = _environment(tmp_path)

    def start(module: str, dawdle: str = "") -> Process:
        command = [sys.executable, "-m", module]
        told = {**environment, "KITH_TEST_DAWDLE": dawdle}
        started.append(subprocess.Popen(command, env=told, cwd=ROOT))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def _environment(folder: Path) -> dict[str, str]:
    """Leads another process to the database of this test."""
    names = {"DJANGO_SETTINGS_MODULE": "kith.config.base", "PYTHONPATH": f"{ROOT}/src:{ROOT}"}
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        (folder / "kith.sqlite3").symlink_to(settings["NAME"])
        names["KITH_DATABASE_URL"] = ""
    else:
        host, port = settings["HOST"], settings["PORT"]
        where = f"host={host}" + (f"&port={port}" if port else "")
        user, name = settings["USER"], settings["NAME"]
        names["KITH_DATABASE_URL"] = f"postgresql://{user}@/{name}?{where}"
    return {**os.environ, **names, "KITH_DATA_DIR": str(folder)}
