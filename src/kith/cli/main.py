"""The `kith` command: finds the subcommands, runs one, returns its exit code.

A module in this package with `register(subcommands)` adds its commands; each command sets
`run`, a function of the parsed arguments. 0 done, 1 failed, 2 wrong use.
"""

import argparse
import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module

import django
from django.db import DatabaseError

import kith.cli
from kith.cli.errors import Failed, WrongUse
from kith.config.env import WrongSetting
from kith.core.errors import KithError
from kith.core.shapes import shapes
from kith.jobs.process import step_back

DONE, FAILED, WRONG_USE = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.base")
    try:
        _set_up()
        options = _parser().parse_args(arguments)
        shapes.look_again()
        if arguments is None and getattr(options, "steps_back", False):
            step_back()
        return options.run(options) or DONE
    except WrongUse as error:
        return _tell(error, WRONG_USE)
    except (Failed, KithError) as error:
        return _tell(error, FAILED)
    except DatabaseError as error:
        return _tell(f"The database cannot be used ({error}). Did `kith migrate` run?", FAILED)
    except KeyboardInterrupt:
        return _tell("Stopped.", 130)


def _set_up() -> None:
    """Reads the settings, which may be wrong."""
    try:
        django.setup()
    except WrongSetting as error:
        raise WrongUse(str(error)) from error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kith", description="Kith, the contact centre.")
    subcommands = parser.add_subparsers(required=True, metavar="COMMAND")
    for module in sorted(pkgutil.iter_modules(kith.cli.__path__), key=lambda module: module.name):
        register = getattr(import_module(f"kith.cli.{module.name}"), "register", None)
        if register is not None:
            register(subcommands)
    return parser


def _tell(message: object, code: int) -> int:
    print(f"kith: {message}", file=sys.stderr)
    return code
