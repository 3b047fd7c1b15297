"""`kith worker`: runs background jobs."""

import argparse
from contextlib import AbstractContextManager, nullcontext

from kith.cli.errors import Failed
from kith.cli.parent_watch import stop_with_parent
from kith.config import defaults
from kith.jobs.heartbeat import workers_share_database
from kith.jobs.only_one import AnotherWorker, only_one
from kith.jobs.worker import Worker

WAIT_SECONDS = 15
PATIENCE_SECONDS = 10


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    worker = subcommands.add_parser("worker", help="run background jobs")
    worker.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    worker.set_defaults(run=run_worker, steps_back=True)


def run_worker(options: argparse.Namespace) -> None:
    worker = Worker()
    worker.configure_signals()
    if options.parent:
        stop_with_parent(options.parent, patience=PATIENCE_SECONDS)
    try:
        with _alone():
            worker.run()
    except AnotherWorker:
        raise Failed("A worker is running already; SQLite takes only one.") from None


def _alone() -> AbstractContextManager[None]:
    if workers_share_database():
        return nullcontext()
    return only_one(defaults.DATA_DIR / "worker.lock", wait_seconds=WAIT_SECONDS)
