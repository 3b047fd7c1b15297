"""`kith export`: the contacts that somebody may see, or what a query finds of them, as a file."""

import argparse
import sys
from array import array
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlencode

from kith.accounts.access import require
from kith.accounts.permissions import Permission
from kith.cli.errors import Failed, WrongUse
from kith.cli.imports import actor_for
from kith.cli.output import Bar
from kith.contacts.listing.asked import Asked
from kith.contacts.listing.selection import Selection
from kith.contacts.record import CONTACT
from kith.core.collecting import few_collections
from kith.core.errors import KithError
from kith.transfer.access import require_act
from kith.transfer.exporting import FORMATS, exportable
from kith.transfer.services.exports import cut_texts, export_now, export_of


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subcommands.add_parser("export", help="write the contacts into a spreadsheet")
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--format", choices=FORMATS, help="by the name of the file, if not given")
    parser.add_argument("--query", metavar="TEXT", default="", help="only what this finds")
    parser.add_argument(
        "--columns", metavar="NAMES", default="", help="with commas between them, in this order"
    )
    parser.add_argument("--as", dest="email", metavar="EMAIL", help="only what this user may see")
    parser.add_argument(
        "--sensitive",
        action="store_true",
        help="with sensitive values in the clear; history remembers whose",
    )
    parser.set_defaults(run=run_export, steps_back=True)


def run_export(options: argparse.Namespace) -> None:
    path, file_format = _target(options)
    fields, actor = _columns(options.columns), actor_for(options.email)
    asked = Asked(urlencode({"q": options.query}))
    if complaints := Selection(actor, asked.state(actor)).complaints:
        raise WrongUse(str(complaints[0].message))
    try:
        require_act(actor, CONTACT, "export")
        if options.sensitive:
            require(actor, Permission.CONTACT_SENSITIVE)
        export = export_of(
            actor=actor,
            record_type=CONTACT,
            file_format=file_format,
            fields=fields,
            reveals=options.sensitive,
            query=options.query,
            asked=asked.as_json(),
        )
        ids = array("q", asked.in_order(actor)) if options.query else None
        with Bar("Exporting") as bar, few_collections():
            count = export_now(export=export, actor=actor, to=path, ids=ids, report=bar)
    except (KithError, OSError) as error:
        raise Failed(str(error)) from error
    print(f"{count:,} contacts written to {path}.")
    if told := cut_texts(export):
        print(f"kith: {told}", file=sys.stderr)


def _target(options: argparse.Namespace) -> tuple[Path, str]:
    """The file to be written, and as what. Raises WrongUse."""
    path = Path(options.file)
    file_format = options.format or path.suffix.lower().lstrip(".")
    if file_format not in FORMATS:
        raise WrongUse(f"Give --format, one of: {', '.join(FORMATS)}.")
    if not path.parent.is_dir():
        raise WrongUse(f"There is no folder {path.parent}.")
    return path, file_format


def _columns(text: str) -> Sequence[str]:
    """Raises WrongUse for a name that no column has."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    known = {field.name for field in exportable(CONTACT)}
    for name in names:
        if name not in known:
            raise WrongUse(f"There is no column {name!r}; there are: {', '.join(sorted(known))}.")
    return names
