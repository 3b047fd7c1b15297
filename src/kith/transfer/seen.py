"""The keys of the rows so far, on disk: those of a million rows take no memory."""

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from kith.records.bulk import steps


class Seen:
    """A file of (key, row number), made by a check and asked again when a row is corrected; a
    key's first row counts."""

    def __init__(self, path: Path, *, again: bool = False) -> None:
        if not again:
            path.unlink(missing_ok=True)
        self._store = sqlite3.connect(path, isolation_level=None)
        # A check that breaks off begins anew, so nothing of this needs to survive.
        self._store.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;"
            "CREATE TABLE IF NOT EXISTS seen"
            " (key TEXT PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;"
        )

    def rows_of(self, keys: Sequence[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for portion in steps(keys):
            marks = ",".join("?" * len(portion))
            sql = f"SELECT key, row FROM seen WHERE key IN ({marks})"  # noqa: S608  # Only marks.
            found.update(self._store.execute(sql, portion).fetchall())
        return found

    def add(self, rows: Iterable[tuple[str, int]]) -> None:
        self._store.execute("BEGIN")
        self._store.executemany("INSERT OR IGNORE INTO seen VALUES (?, ?)", rows)
        self._store.execute("COMMIT")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.close()
