"""The database configuration: SQLite in the data folder, or PostgreSQL by URL."""

from pathlib import Path
from typing import Any

from . import env

# WAL lets readers go on while one writes; NORMAL is safe with WAL against a crashed process.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;"
    "PRAGMA synchronous=NORMAL;"
    "PRAGMA temp_store=MEMORY;"
    "PRAGMA cache_size=-64000;"
    "PRAGMA wal_autocheckpoint=8000;"
    "PRAGMA journal_size_limit=67108864;"
)

# Compiling a query takes longer than any page may; an index is read about as fast as a table; what
# is not yet sorted into the search index is looked through by every search. Of the queries that
# `known_cursor` is for, one plan is as good as another, but not to plan at all is better.
POSTGRESQL_OPTIONS = (
    "-c jit=off -c random_page_cost=1.1 -c gin_pending_list_limit=256kB "
    "-c plan_cache_mode=force_generic_plan"
)


def sqlite(data_dir: Path, mapped: int) -> dict[str, Any]:
    """`mapped` are the megabytes of the file that are read as memory, without asking for each page.

    SQLite takes no more than 2047; a search of a million contacts takes a third less time than
    with 256.
    """
    return {
        "ENGINE": "kith.config.sqlite",
        "NAME": data_dir / "kith.sqlite3",
        # Threads of one server keep their connection; opening one costs a few milliseconds.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A transaction that begins as a reader cannot wait to become a writer.
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": f"{SQLITE_PRAGMAS}PRAGMA mmap_size={mapped << 20};",
        },
    }


def postgresql(url: str, pool: int) -> dict[str, Any]:
    parts: dict[str, Any] = dict(env.postgres(url))
    options = {"pool": {"min_size": 1, "max_size": pool, "timeout": 20}, **parts.pop("OPTIONS")}
    options["options"] = f"{POSTGRESQL_OPTIONS} {options.get('options', '')}".strip()
    # Of the queries that `known_cursor` is for, those that come again are planned once.
    options.setdefault("prepare_threshold", 2)
    return {"ENGINE": "kith.config.postgresql", **parts, "OPTIONS": options}


def default(*, data_dir: Path, url: str, pool: int, mapped: int) -> dict[str, Any]:
    return postgresql(url, pool) if url else sqlite(data_dir, mapped)
