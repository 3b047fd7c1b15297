"""The steps of scripts/kill_import.py, each in its own process and database."""

import argparse
import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.core.management import call_command

from benchmarks import kill_sheets, kill_tables
from kith.accounts.actors import SYSTEM
from kith.accounts.models import Division
from kith.config import defaults
from kith.core.shapes import shapes
from kith.customfields.services.fields import field_create
from kith.jobs import heartbeat, worker
from kith.records.reindexing import reindex
from kith.transfer.models import Import, Stage
from kith.transfer.options import ImportOptions
from kith.transfer.services import imports, portions

ENDS = (Stage.DONE, Stage.UNDONE, Stage.FAILED)
Dumps = dict[str, Any]


def prepare(options: argparse.Namespace) -> None:
    call_command("migrate", verbosity=0)
    for name in kill_sheets.DIVISIONS:
        Division.objects.create(name=name, folded=name.lower())
    field_create(actor=SYSTEM, label="Club number", kind="text", is_unique=True, searchable=True)
    field_create(
        actor=SYSTEM, label="Shirt colours", kind="choices", options=["Red", "Blue"],
        filterable=True,
    )  # fmt: skip
    # A tenth of the rows is there already, with other values.
    importing = checked(options.rows // 10, options.seed + 1, "create-all")
    imports.import_run(importing=importing, actor=SYSTEM)
    worker.run_waiting()


def checked(rows: int, seed: int, mode: str) -> Import:
    shapes.look_again()
    path = Path(defaults.DATA_DIR) / "stress.csv"
    kill_sheets.write(path, rows, seed)
    importing = imports.import_begin(
        actor=SYSTEM, record_type="contact", chunks=[path.read_bytes()], filename=path.name
    )
    wishes = {"Divisions": "divisions", "Relation To": "relation_to"}
    imports.import_map_change(importing=importing, wishes=wishes)
    left_out = [heading for heading, field in importing.mapping.items() if not field]
    assert not left_out, left_out
    chosen = ImportOptions.from_json(importing.options).as_json()
    chosen |= {"duplicates": mode, "match": ["email"], "default_country": "IN"}
    imports.import_set_options(importing=importing, options=ImportOptions.from_json(chosen))
    imports.import_check(importing=importing, actor=SYSTEM)
    worker.run_waiting()
    importing.refresh_from_db()
    assert importing.state == Stage.REVIEW, (importing.state, importing.error)
    return importing


def calm(options: argparse.Namespace) -> None:
    def work(_importing: Import, _what: str) -> float:
        began = time.monotonic()
        worker.run_waiting()
        return time.monotonic() - began

    do_and_undo(options, work)


def killed(options: argparse.Namespace) -> None:
    chance = Random(f"{options.seed} {options.mode}")
    counts = {"kills": 0, "given up": 0}

    def work(importing: Import, what: str) -> float:
        started = start_worker()
        done = 0
        while done < options.kills and not ended(importing):
            # The share of the way is drawn, not the time: machines differ.
            wait(importing, chance.randrange(20) * chance.uniform(0.01, 0.05))
            if ended(importing):
                break
            kill(started)
            done += 1
            kill_tables.next_ids_follow(only=kill_tables.HISTORY if what == "undo" else ())
            started = start_worker()
        counts["kills"] += done
        while not ended(importing):
            assert started.poll() is None, "The worker ended."
            time.sleep(0.02)
        kill(started)
        if importing.state == Stage.FAILED:
            counts["given up"] += 1
            begin = imports.import_undo if what == "undo" else imports.import_run
            begin(importing=importing, actor=SYSTEM)
            worker.run_waiting()
        return 0.0

    do_and_undo(options, work, counts)


def wait(importing: Import, seconds: float) -> None:
    """Until the worker has the job, and then some time."""
    end = time.monotonic() + 30
    while time.monotonic() < end and not ended(importing):
        if importing.job and importing.job.state == "running":
            break
        time.sleep(0.01)
    time.sleep(seconds)


def ended(importing: Import) -> bool:
    importing.refresh_from_db()
    imports.import_settle(importing=importing)
    return importing.state in ENDS


def start_worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "benchmarks.kill_steps", "work"])


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()


def do_and_undo(options: argparse.Namespace, work: Any, told: Any = None) -> None:
    dumps: Dumps = {"before": kill_tables.dump(history=False)}
    importing = checked(options.rows, options.seed, options.mode)
    imports.import_run(importing=importing, actor=SYSTEM)
    work(importing, "run")
    importing.refresh_from_db()
    assert importing.state == Stage.DONE, (importing.state, importing.error)
    counts = importing.counts
    parts = ("created", "updated", "duplicates", "invalid")
    assert counts["total"] == sum(counts[part] for part in parts), counts
    assert reindex(mend=False).mended == 0
    dumps["done"] = kill_tables.dump(history=True)
    imports.import_undo(importing=importing, actor=SYSTEM)
    work(importing, "undo")
    importing.refresh_from_db()
    assert importing.state == Stage.UNDONE, (importing.state, importing.error)
    assert reindex(mend=False).mended == 0
    dumps["undone"] = kill_tables.dump(history=True)
    dumps["away"] = kill_tables.dump(history=False)
    dumps["told"] = f"{counts} {told or ''}"
    path = Path(defaults.DATA_DIR) / "dumps.json"
    path.write_text(json.dumps(dumps, default=str), encoding="utf-8")


def work(_options: argparse.Namespace) -> None:
    """A worker that finds out at once what was left by a killed one."""
    heartbeat.EVERY_SECONDS = 0.2
    worker.STALE_AFTER = timedelta(seconds=1)
    worker.SECONDS_BETWEEN_RECOVERIES = 0.2
    one = worker.Worker()
    one.configure_signals()
    one.run()


STEPS = {"prepare": prepare, "calm": calm, "killed": killed, "work": work}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--mode", default="")
    for name in ("rows", "kills", "seed"):
        parser.add_argument(f"--{name}", type=int, default=0)
    portions.PORTION = int(os.environ.get("KILL_PORTION", portions.PORTION))
    chosen = parser.parse_args()
    STEPS[chosen.step](chosen)
