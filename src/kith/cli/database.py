"""`kith migrate`: makes the database or brings it up to date."""

import argparse

from django.core.management import call_command


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    migrate = subcommands.add_parser("migrate", help="make the database, or bring it up to date")
    migrate.set_defaults(run=run_migrate)


def run_migrate(options: argparse.Namespace) -> None:
    call_command("migrate", interactive=False, verbosity=1)
