"""`kith demo`: believable contacts to try Kith with."""

import argparse
import sys
import time

from kith.cli.errors import WrongUse
from kith.contacts.demo import demo_load, demo_remove
from kith.core import clock


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = subcommands.add_parser("demo", help="make demo contacts")
    command.add_argument("--contacts", type=int, default=1_000, metavar="N")
    command.add_argument("--seed", type=int, default=1, help="the same seed makes the same ones")
    command.add_argument("--remove", action="store_true", help="take all of them out again")
    command.set_defaults(run=run_demo)


def run_demo(options: argparse.Namespace) -> None:
    if options.remove:
        remove_demo()
        return
    if options.contacts < 1:
        raise WrongUse("--contacts must be at least 1.")
    started = time.monotonic()
    demo_load(count=options.contacts, seed=options.seed, today=clock.now().date(), tell=_progress)
    seconds = time.monotonic() - started
    print(f"Made {options.contacts:,} contacts in {seconds:.1f} s.")


def remove_demo() -> None:
    undone, kept = demo_remove(tell=_progress)
    if not undone + kept:
        print("There are no demo contacts.")
        return
    print(f"Changes taken back {undone:>10,}")
    print(f"Kept, changed since {kept:>9,}")


def _progress(done: int) -> None:
    if sys.stderr.isatty():
        print(f"\r  {done:,}", end="\r", file=sys.stderr, flush=True)
