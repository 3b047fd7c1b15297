"""`kith migrate`: makes the database or brings it up to date."""

import argparse

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor

from kith.cli import reference_data
from kith.cli.errors import Failed


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subcommands.add_parser("migrate", help="make the database, or bring it up to date")
    parser.set_defaults(run=run_migrate)


def run_migrate(options: argparse.Namespace) -> None:
    reference_data.ensure(upgraded=migrate())


def migrate() -> bool:
    """Whether there was anything to do. Raises Failed, in plain words, when the database cannot
    be reached."""
    try:
        upgraded = pending()
        if upgraded:
            print("Bringing the database up to date.", flush=True)
            call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise Failed(f"The database cannot be used: {error}") from error
    return upgraded


def pending() -> bool:
    """Whether a migration has not run yet. Far quicker than asking `migrate` to do nothing."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
