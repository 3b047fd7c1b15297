"""`kith export`: the contacts that somebody may see, as a sheet."""

import argparse
from pathlib import Path

from kith.accounts.permissions import Permission
from kith.cli.errors import Failed, WrongUse
from kith.cli.imports import actor_for
from kith.cli.output import Bar
from kith.core.errors import Forbidden, KithError
from kith.core.record_types import registry
from kith.transfer.access import require
from kith.transfer.exporting import FORMATS, export_records


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subcommands.add_parser("export", help="write the contacts into a spreadsheet")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--format", choices=FORMATS, help="by the name of the file, if not given")
    parser.add_argument("--as", dest="email", metavar="EMAIL", help="only what this user may see")
    parser.add_argument(
        "--sensitive",
        action="store_true",
        help="with sensitive values in the clear; history remembers whose",
    )
    parser.set_defaults(run=run_export)


def run_export(options: argparse.Namespace) -> None:
    path = Path(options.file)
    file_format = options.format or path.suffix.lower().lstrip(".")
    if file_format not in FORMATS:
        raise WrongUse(f"Give --format, one of: {', '.join(FORMATS)}.")
    if not path.parent.is_dir():
        raise WrongUse(f"There is no folder {path.parent}.")
    record_type, actor = registry.get("contact"), actor_for(options.email)
    try:
        require(actor, record_type, "export")
        if options.sensitive and not actor.may(Permission.CONTACT_SENSITIVE):
            raise Forbidden
        with Bar("Exporting") as bar:
            count = export_records(
                actor=actor,
                record_type=record_type,
                to=path,
                file_format=file_format,
                reveals=options.sensitive,
                report=bar,
            )
    except (KithError, OSError) as error:
        raise Failed(str(error)) from error
    print(f"{count:,} contacts written to {path}.")
