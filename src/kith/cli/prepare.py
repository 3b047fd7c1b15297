"""`kith prepare`: everything a start needs: database, reference data, first administrator."""

import argparse

from kith.cli import database, users


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    prepare = subcommands.add_parser("prepare", help="make ready for the first start, or the next")
    prepare.set_defaults(run=run_prepare, first=True, email="", name="")


def run_prepare(options: argparse.Namespace) -> None:
    database.run_migrate(options)
    users.run_createadmin(options)
