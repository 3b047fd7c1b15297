"""The examinations of `kith doctor`, each a function that tells what it found."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from kith.records.resealing import any_broken

from . import defaults

LEAST_FREE_BYTES = 500_000_000
LEAST_SQLITE = (3, 40)
LEAST_POSTGRESQL = 150000


@dataclass(frozen=True, slots=True)
class Finding:
    state: Literal["ok", "warning", "wrong"]
    what: str
    mend: str = ""


def findings() -> Iterator[Finding]:
    for examine in EXAMINATIONS:
        try:
            yield examine()
        except (DatabaseError, OSError) as error:
            name = examine.__name__.replace("_", " ")
            yield Finding("wrong", f"{name}: {error}".strip(), "Mend this first.")


def python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding("ok", f"Python {version}")


def data_folder() -> Finding:
    folder = defaults.DATA_DIR
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding("wrong", f"{folder} cannot be written.", "Set KITH_DATA_DIR, or its owner.")
    if folder.stat().st_mode & 0o007:
        return Finding(
            "warning", f"Everybody on this machine can look into {folder}.", f"chmod o-rwx {folder}"
        )
    return Finding("ok", f"Data folder {folder}")


def free_space() -> Finding:
    free = shutil.disk_usage(defaults.DATA_DIR).free
    if free < LEAST_FREE_BYTES:
        return Finding(
            "warning",
            f"Only {free // 1_000_000} MB are free for the data.",
            "Make room; a full disk stops all writing.",
        )
    return Finding("ok", f"{free // 1_000_000_000} GB free")


def secret_key() -> Finding:
    path = defaults.DATA_DIR / "secret-key"
    if not defaults.SECRET_KEY and path.stat().st_mode & 0o077:
        return Finding("wrong", f"Others can read {path}.", f"chmod 600 {path}")
    return Finding("ok", "Secret key")


def sealing_keys() -> Finding:
    path = settings.SEALING_KEY_FILE
    if not settings.SEALING_KEYS and path.stat().st_mode & 0o077:
        return Finding("wrong", f"Others can read {path}.", f"chmod 600 {path}")
    if any_broken():
        return Finding(
            "wrong",
            "Sensitive values can't be opened: the key they were sealed with is missing.",
            f"Put it back from a backup: {path}, or KITH_SEALING_KEYS.",
        )
    return Finding("ok", "Keys of sensitive values")


def database() -> Finding:
    if connection.vendor == "sqlite":
        return _sqlite()
    connection.ensure_connection()
    version = connection.pg_version  # type: ignore[attr-defined]
    if version < LEAST_POSTGRESQL:
        return Finding("wrong", f"PostgreSQL is {version // 10000}; 15 or newer is needed.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'")
        if not cursor.fetchone():
            return Finding(
                "wrong",
                "PostgreSQL lacks the extension pg_trgm.",
                "Debian: it comes with postgresql-15.",
            )
    return Finding("ok", f"PostgreSQL {version // 10000}")


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        return Finding("wrong", f"SQLite is {version}; 3.40 or newer is needed.")
    with sqlite3.connect(":memory:") as trial:
        trial.execute("CREATE VIRTUAL TABLE t USING fts5(a, tokenize='trigram')")
    return Finding("ok", f"SQLite {version} with trigram search")


def migrations() -> Finding:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        return Finding("wrong", f"{len(waiting)} changes of the database wait.", "kith migrate")
    return Finding("ok", "The database is up to date")


def static_files() -> Finding:
    if not (defaults.STATIC_DIR / "staticfiles.json").exists():
        return Finding(
            "warning", "The files for the browser are not compressed.", "make run does it."
        )
    return Finding("ok", "Files for the browser")


def reach() -> Finding:
    if defaults.DEBUG:
        return Finding("warning", "KITH_DEBUG shows tracebacks to everybody.", "Set it to no.")
    if defaults.HOST not in {"127.0.0.1", "::1", "localhost"} and not defaults.HTTPS:
        return Finding(
            "warning",
            "Without https others can overhear passwords.",
            "Put a web server with https in front and set KITH_HTTPS=yes.",
        )
    return Finding("ok", f"Listens on {defaults.HOST}:{defaults.PORT}")


EXAMINATIONS: tuple[Callable[[], Finding], ...] = (
    python,
    data_folder,
    free_space,
    secret_key,
    database,
    migrations,
    sealing_keys,
    static_files,
    reach,
)
