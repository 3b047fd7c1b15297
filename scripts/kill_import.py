"""kill -9 at random moments of an import and of its undo: whatever comes after is as if it had
not been.

    scripts/kill_import --rows 5000 --kills 20 --seed 1 --modes create-skip overwrite

runs this file on SQLite and on a throwaway PostgreSQL (`make kill`: all of it). Each way with
duplicates is imported twice into copies of one database, once undisturbed and once with its worker
killed and started again, at moments that are spread over the rows and the links; all tables are
compared row by row. Then it is taken back, with kills as well, and the tables are compared with
those before the import.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg

HERE = Path(__file__).resolve().parent.parent
MODES = ("create-all", "create-skip", "create-fill", "create-overwrite", "fill", "overwrite")
PORTION = 1000


def main() -> int:
    options = _parser().parse_args()
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--rows", type=int, default=50_000, help="of the sheet that is imported")
    add("--kills", type=int, default=20, help="of each import, and as many of its undo")
    add("--seed", type=int, default=1, help="the same one kills at the same moments")
    add("--portion", type=int, default=PORTION, help="rows in one transaction")
    add("--within", type=float, default=0.15, help="seconds, at most, into a portion")
    add("--postgres", default="", metavar="URL", help="any database of the server; else SQLite")
    add("--modes", nargs="*", default=MODES, help="ways with duplicates; all of them, if not said")
    return parser


class Stage:
    """Databases by name, and the steps that are run in them, each in a process of its own."""

    def __init__(self, folder: Path, options: argparse.Namespace) -> None:
        self.folder, self.options = folder, options

    def environment(self, name: str) -> dict[str, str]:
        url = self.address(f"kill_{name}") if self.options.postgres else ""
        mine = {"KITH_DATA_DIR": str(self.folder / name), "KITH_DATABASE_URL": url}
        mine |= {"KITH_LOG_LEVEL": "ERROR", "KILL_PORTION": str(self.options.portion)}
        mine |= {"PYTHONPATH": str(HERE / "src")}
        return {**os.environ, "DJANGO_SETTINGS_MODULE": "kith.config.base", **mine}

    def address(self, database: str) -> str:
        server, _, query = self.options.postgres.partition("?")
        return f"{server.rpartition('/')[0]}/{database}" + (f"?{query}" if query else "")

    def run(self, name: str, step: str, *more: str) -> None:
        if self.options.postgres and step == "prepare":
            self._sql(f"DROP DATABASE IF EXISTS kill_{name}", f"CREATE DATABASE kill_{name}")
        command = [sys.executable, "-m", "benchmarks.kill_steps", step, *more]
        for each in ("rows", "kills", "seed", "within"):
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
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            for each in statements:
                connection.execute(each)

    def same(self, mode: str) -> bool:
        calm, killed = (self.folder / name / "dumps" for name in ("calm", "killed"))
        pairs = {
            "done": (calm / "done", killed / "done"),
            "undone": (calm / "undone", killed / "undone"),
            "undone as before": (killed / "before", killed / "away"),
        }
        told = {what: differences(*pair) for what, pair in pairs.items()}
        for what, found in told.items():
            rows = sum(len(lines_of(each)) for each in pairs[what][1].iterdir())
            print(f"{mode:<18} {what:<18} {rows:>9,} rows  {'differ' if found else 'same'}")
            for line in found:
                print(f"    {line[:1500]}")
        print(f"{mode:<18} {(self.folder / 'killed' / 'told').read_text()}", flush=True)
        return not any(told.values())


def differences(one: Path, other: Path) -> list[str]:
    found = []
    for table in sorted({each.name for folder in (one, other) for each in folder.iterdir()}):
        mine, theirs = lines_of(one / table), lines_of(other / table)
        if mine != theirs:
            only = [sorted(set(a) - set(b))[:3] for a, b in ((mine, theirs), (theirs, mine))]
            found.append(f"{table}: {len(mine)} and {len(theirs)} rows; {only[0]} -- {only[1]}")
    return found


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


if __name__ == "__main__":
    began = time.monotonic()
    code = main()
    print(f"{time.monotonic() - began:.0f} s", file=sys.stderr)
    sys.exit(code)
