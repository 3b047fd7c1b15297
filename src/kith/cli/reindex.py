"""`kith reindex`: checks the search index and mends it."""

import argparse

from kith.records.rebuilding import rebuild
from kith.records.reindexing import reindex


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = subcommands.add_parser("reindex", help="check the search index, and mend it")
    command.add_argument("--check", action="store_true", help="only say what is wrong")
    command.add_argument("--anew", action="store_true", help="make all of it anew")
    command.set_defaults(run=run_reindex, steps_back=True)


def run_reindex(options: argparse.Namespace) -> int:
    """Exit code 1 when --check found something wrong."""
    if options.anew:
        print(f"{rebuild().mended} documents made.")
        return 0
    result = reindex(mend=not options.check)
    verb = "wrong" if options.check else "mended"
    print(f"{result.checked} records checked, {result.mended} {verb}.")
    return 1 if options.check and result.mended else 0
