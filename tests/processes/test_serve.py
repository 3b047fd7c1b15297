"""`kith serve` as an administrator uses it: one command, two processes, one signal."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "correct horse battery"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: Path) -> dict[str, str]:
    return {
        **{name: value for name, value in os.environ.items() if not name.startswith("KITH_")},
        "DJANGO_SETTINGS_MODULE": "kith.config.base",
        "PYTHONPATH": f"{ROOT}/src",
        "KITH_DATA_DIR": str(folder),
        "KITH_CITIES": "no",  # They take longer to put in than all the rest.
        "KITH_ADMIN_EMAIL": "ada@example.com",
        "KITH_ADMIN_PASSWORD": PASSWORD,
    }


def kith(folder: Path, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "kith", *arguments],
        env=environment(folder) | more,
        capture_output=True,
        text=True,
        check=False,
    )


def answer(url: str) -> int:
    """The status, redirections followed; 0 while nobody listens."""
    try:
        with urllib.request.urlopen(url) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def wait_for(condition, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def children(pid: int) -> set[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, check=False
    )
    return {int(word) for word in found.stdout.split()}


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def workers(pid: int) -> set[int]:
    return {child for child in children(pid) if "kith worker" in command_of(child)}


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with database and administrator; the tests of this module share it."""
    folder = tmp_path_factory.mktemp("data")
    done = kith(folder, "prepare")
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def server(prepared: Path) -> Iterator["tuple[subprocess.Popen[str], str]"]:
    port = free_port()
    command = [sys.executable, "-m", "kith", "serve", "--prepare", "--port", str(port)]
    process = subprocess.Popen(command, env=environment(prepared), text=True)
    url = f"http://127.0.0.1:{port}/sign-in/"
    wait_for(lambda: answer(url) and workers(process.pid))
    yield process, url
    process.kill()
    process.wait()


def test_a_killed_worker_is_started_again_and_one_signal_stops_them_all(server) -> None:
    process, url = server
    (first,) = workers(process.pid)
    os.kill(first, signal.SIGKILL)
    assert answer(url) == 200
    wait_for(lambda: workers(process.pid) - {first})
    family = children(process.pid)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=60) == 0
    assert not any("kith" in command_of(pid) for pid in family)


def test_a_port_in_use_is_told_and_a_killed_server_leaves_nothing(server, prepared) -> None:
    process, url = server
    family = children(process.pid)
    result = kith(prepared, "serve", "--port", url.split(":")[2].split("/")[0])
    assert (result.returncode, "KITH_PORT" in result.stderr) == (1, True)
    process.kill()
    wait_for(lambda: not any("kith" in command_of(pid) for pid in family))
    assert answer(url) == 0


def test_commands_say_how_they_ended(prepared: Path, tmp_path: Path) -> None:
    assert kith(tmp_path, "doctor").returncode == 1  # There is no database yet.
    healthy = kith(prepared, "doctor")
    assert healthy.returncode == 0, healthy.stdout + healthy.stderr
    assert kith(prepared, "createuser", "--email", "ada@example.com").returncode == 1
    assert kith(prepared, "no-such-command").returncode == 2
    wrong = kith(prepared, "doctor", KITH_PORT="eighty")
    assert (wrong.returncode, "KITH_PORT" in wrong.stderr) == (2, True)
    wrong = kith(prepared, "search", "x", KITH_TIME_ZONE="Mars/X")
    assert (wrong.returncode, "KITH_TIME_ZONE" in wrong.stderr) == (2, True)
    assert "Traceback" not in wrong.stderr
