"""An SQLite database with all migrations done, made once and copied for each process of the tests.

It lies in build/, under a name that follows the code: whoever changes that gets a new one.
"""

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "tests"


def _digest() -> str:
    """Of all code that migrations and models may call."""
    sha = hashlib.sha256(django.get_version().encode())
    for folder in ("src/kith", "tests/gardens"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "tests" not in path.relative_to(ROOT / folder).parts:
                sha.update(path.read_bytes())
    return sha.hexdigest()[:16]


@contextmanager
def alone() -> Iterator[Path]:
    """The path of the ready one, there or not, while no other process makes it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield FOLDER / f"{_digest()}.sqlite3"


def copy(source: str | Path, to: str | Path) -> None:
    """As the database itself does it: what is still in its log comes along."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(to)) as other:
        one.backup(other)


def keep(database: str, ready: Path) -> None:
    for former in FOLDER.glob("*.sqlite3"):
        former.unlink()
    part = ready.with_suffix(".part")
    part.unlink(missing_ok=True)
    copy(database, part)
    part.rename(ready)
