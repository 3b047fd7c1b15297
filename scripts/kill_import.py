"""kill -9 at random moments of an import and of its undo: whatever comes after is as if it had
not been.

    python scripts/kill_import.py --rows 3000 --kills 8 --seed 1 [--postgres URL] [--modes …]

Each way with duplicates is imported twice into copies of one database, once undisturbed and once
with its worker killed and started again; all tables are compared row by row. Then it is taken
back, with kills as well, and the tables are compared with those before the import.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

HERE = Path(__file__).resolve().parent.parent
MODES = ("create-all", "create-skip", "create-fill", "create-overwrite", "fill", "overwrite")
PORTION = 200

Tables = dict[str, list[list[Any]]]


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--kills", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--portion", type=int, default=PORTION)
    parser.add_argument("--postgres", default="", metavar="URL", help="a server, not a database")
    parser.add_argument("--modes", nargs="*", default=MODES)
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory(prefix="kith-kill-") as folder:
        stage = Stage(Path(folder), options)
        stage.run("base", "prepare")
        for mode in options.modes:
            for name in ("calm", "killed"):
                stage.copy("base", name)
                stage.run(name, name, "--mode", mode)
            failed |= not stage.same(mode)
    return int(failed)


class Stage:
    """Databases by name, and the steps that are run in them, each in a process of its own."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self.folder, self.options = folder, options

    def environment(self, name: str) -> dict[str, str]:
        url = f"{self.options.postgres}/kill_{name}" if self.options.postgres else ""
        mine = {"KITH_DATA_DIR": str(self.folder / name), "KITH_DATABASE_URL": url}
        mine |= {"KITH_LOG_LEVEL": "ERROR", "KILL_PORTION": str(self.options.portion)}
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "kith.config.base", **mine}

    def run(self, name: str, step: str, *more: str) -> None:
        if self.options.postgres and step == "prepare":
            self._sql(f"DROP DATABASE IF EXISTS kill_{name}", f"CREATE DATABASE kill_{name}")
        command = [sys.executable, "-m", "benchmarks.kill_steps", step, *more]
        for each in ("rows", "kills", "seed"):
            command += [f"--{each}", str(getattr(self.options, each))]
        subprocess.run(command, env=self.environment(name), cwd=HERE, check=True)

    def copy(self, name: str, to: str) -> None:
        shutil.rmtree(self.folder / to, ignore_errors=True)
        shutil.copytree(self.folder / name, self.folder / to)
        if self.options.postgres:
            self._sql(
                f"DROP DATABASE IF EXISTS kill_{to} WITH (FORCE)",
                f"CREATE DATABASE kill_{to} TEMPLATE kill_{name}",
            )

    def _sql(self, *statements: str) -> None:
        with psycopg.connect(f"{self.options.postgres}/postgres", autocommit=True) as connection:
            for each in statements:
                connection.execute(each)

    def same(self, mode: str) -> bool:
        calm, killed = (self._dumps(name) for name in ("calm", "killed"))
        pairs = {
            "done": (calm["done"], killed["done"]),
            "undone": (calm["undone"], killed["undone"]),
            "undone as before": (killed["before"], killed["away"]),
        }
        told = {what: differences(*pair) for what, pair in pairs.items()}
        for what, found in told.items():
            rows = sum(map(len, pairs[what][1].values()))
            print(f"{mode:<18} {what:<18} {rows:>8,} rows  {'differ' if found else 'same'}")
            for line in found:
                print(f"    {line[:1500]}")
        print(f"{mode:<18} {killed['told']}", flush=True)
        return not any(told.values())

    def _dumps(self, name: str) -> dict[str, Any]:
        loaded = json.loads((self.folder / name / "dumps.json").read_text(encoding="utf-8"))
        return dict(loaded)


def differences(one: Tables, other: Tables) -> list[str]:
    found = []
    for table in sorted(one.keys() | other.keys()):
        mine = {json.dumps(row) for row in one.get(table, [])}
        theirs = {json.dumps(row) for row in other.get(table, [])}
        if mine != theirs or len(one.get(table, [])) != len(other.get(table, [])):
            examples = [*sorted(mine - theirs)[:3], "--", *sorted(theirs - mine)[:3]]
            found.append(f"{table}: {len(one[table])} and {len(other[table])} rows; {examples}")
    return found


if __name__ == "__main__":
    began = time.monotonic()
    code = main()
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    sys.exit(code)
