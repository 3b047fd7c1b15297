"""`kith cities`: fills the master list of cities."""

import argparse

from kith.contacts.services.cities import cities_take_in
from kith.reference.seeding import seed_cities


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subcommands.add_parser("cities", help="put the cities of the world into their list")
    parser.set_defaults(run=run_cities)


def run_cities(options: argparse.Namespace) -> None:
    """Cities that are there already stay as they are."""
    added = seed_cities()
    print(f"{added:,} cities added, and {cities_take_in():,} that addresses name.", flush=True)
