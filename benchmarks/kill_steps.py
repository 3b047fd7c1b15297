"""The steps of scripts/kill_import.py, each in its own process and database."""

import argparse
import os
import signal
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.core.management import call_command
from django.db.models import Max, Min

from benchmarks import kill_sheets, kill_tables
from kith.accounts.actors import SYSTEM
from kith.accounts.models import Division
from kith.config import defaults
from kith.core.aside import let_connections_go
from kith.core.shapes import shapes
from kith.customfields.services.fields import field_create
from kith.history.models import Change
from kith.jobs import heartbeat, worker
from kith.jobs.models import State
from kith.jobs.process import this_process
from kith.records.reindexing import reindex
from kith.transfer.models import Import, Stage
from kith.transfer.options import ImportOptions
from kith.transfer.services import imports, portions
from kith.transfer.workspace import checked_path, later_path

ENDS = (Stage.DONE, Stage.UNDONE, Stage.FAILED)


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
    """The moments are spread over the way, not over the time: machines differ."""
    chance = Random(f"{options.seed} {options.mode}")
    counts: Counter[str] = Counter()

    def work(importing: Import, what: str) -> float:
        worker_id = start_worker()
        for share in sorted(chance.uniform(0, 0.99) for _ in range(options.kills)):
            if not reaches(importing, share):
                break
            time.sleep(chance.uniform(0, options.within))
            kill(worker_id)
            counts[f"kills while {importing.state}"] += not ended(importing)
            counts["at most without getting on"] = max(
                counts["at most without getting on"], importing.job.crashes
            )
            kill_tables.next_ids_follow(only=kill_tables.HISTORY if what == "undo" else ())
            worker_id = start_worker()
        reaches(importing, 2.0)
        kill(worker_id)
        if importing.state == Stage.FAILED:
            counts["given up"] += 1
            begin = imports.import_undo if what == "undo" else imports.import_run
            begin(importing=importing, actor=SYSTEM)
            worker.run_waiting()
        return 0.0

    do_and_undo(options, work, counts)


def reaches(importing: Import, share: float) -> bool:
    """Waits until so much of the way is done; no when it ends before that."""
    last = time.monotonic()
    while not ended(importing):
        if (importing.job.state == State.RUNNING or share == 0) and way(importing) >= share:
            return True
        assert time.monotonic() - last < 300, (importing.state, importing.place, share)
        time.sleep(0.01)
    return False


def way(importing: Import) -> float:
    """How much of the run or of the undo is done, from 0 to 1."""
    if importing.state == Stage.UNDOING:
        whole = importing.change_set
        ids = Change.objects.filter(change_set=whole).aggregate(low=Min("id"), high=Max("id"))
        if whole.undone_down_to is None:
            return 0.0
        return float(ids["high"] - whole.undone_down_to) / (ids["high"] - ids["low"] + 1)
    if importing.state == Stage.LINKING:
        return 0.6 + 0.4 * importing.place / (later_path(importing).stat().st_size + 1)
    return 0.6 * importing.place / (checked_path(importing).stat().st_size + 1)


def ended(importing: Import) -> bool:
    importing.refresh_from_db()
    imports.import_settle(importing=importing)
    return importing.state in ENDS


def start_worker() -> int:
    """A process of its own, that need not load everything again: twenty do so in each run."""
    let_connections_go()
    if child := os.fork():
        return child
    this_process.name = f"worker-{os.getpid()}"
    os.environ["PGAPPNAME"] = "killed"
    work()
    os._exit(0)


def kill(worker_id: int) -> None:
    os.kill(worker_id, signal.SIGKILL)
    _pid, status = os.waitpid(worker_id, 0)
    assert os.WIFSIGNALED(status), "The worker ended by itself."
    kill_tables.wait_for_the_dead()


def do_and_undo(options: argparse.Namespace, work: Any, told: Any = None) -> None:
    kill_tables.dump("before", history=False)
    importing = checked(options.rows, options.seed, options.mode)
    imports.import_run(importing=importing, actor=SYSTEM)
    work(importing, "run")
    importing.refresh_from_db()
    assert importing.state == Stage.DONE, (importing.state, importing.error)
    counts = importing.counts
    parts = ("created", "updated", "duplicates", "invalid")
    assert counts["total"] == sum(counts[part] for part in parts), counts
    assert reindex(mend=False).mended == 0
    kill_tables.dump("done", history=True)
    imports.import_undo(importing=importing, actor=SYSTEM)
    work(importing, "undo")
    importing.refresh_from_db()
    assert importing.state == Stage.UNDONE, (importing.state, importing.error)
    assert reindex(mend=False).mended == 0
    kill_tables.dump("undone", history=True)
    kill_tables.dump("away", history=False)
    path = Path(defaults.DATA_DIR) / "told"
    path.write_text(f"{counts} {dict(told or {})}", encoding="utf-8")


def work() -> None:
    """A worker that finds out at once what was left by a killed one."""
    heartbeat.EVERY_SECONDS = 0.2
    worker.STALE_AFTER = timedelta(seconds=1)
    worker.SECONDS_BETWEEN_RECOVERIES = 0.2
    one = worker.Worker()
    one.configure_signals()
    one.run()


STEPS = {"prepare": prepare, "calm": calm, "killed": killed}

if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--mode", default="")
    for name in ("rows", "kills", "seed"):
        parser.add_argument(f"--{name}", type=int, default=0)
    parser.add_argument("--within", type=float, default=0.15)
    portions.PORTION = int(os.environ.get("KILL_PORTION", portions.PORTION))
    chosen = parser.parse_args()
    STEPS[chosen.step](chosen)
