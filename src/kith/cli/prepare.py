"""`kith prepare`: everything a start needs: database, reference data, first administrator."""

import argparse

from kith.cli import database, reference_data, users


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subcommands.add_parser("prepare", help="make ready for the first start, or the next")
    parser.set_defaults(run=run_prepare)


def prepare() -> None:
    reference_data.ensure(upgraded=database.migrate())
    users.first_administrator()


def run_prepare(options: argparse.Namespace) -> None:
    prepare()
