"""`kith search`: the contacts that a query finds, as somebody sees them."""

import argparse
import sys
from collections.abc import Iterator
from typing import Any

from kith.accounts.permissions import Permission
from kith.cli.errors import Failed, WrongUse
from kith.cli.imports import actor_for
from kith.cli.output import print_json, table
from kith.contacts.context import reading_context
from kith.contacts.listing.counts import MOST_COUNTED, known
from kith.contacts.listing.page import best
from kith.contacts.listing.rows import Row, load_rows
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import state_of
from kith.core.kinds.phone import phone_text

AT_ONCE = 1_000
COLUMNS = ("code", "kind", "name", "email", "phone", "company")


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subcommands.add_parser("search", help="find contacts by any part of what is known")
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("--as", dest="email", metavar="EMAIL", help="only what this user may see")
    parser.add_argument("--limit", type=int, metavar="N", default=50)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_search)


def run_search(options: argparse.Namespace) -> None:
    if options.limit < 1:
        raise WrongUse("--limit must be at least 1.")
    actor = actor_for(options.email)
    if not actor.may(Permission.CONTACT_SEE):
        raise Failed("This user may not see contacts.")
    selection = Selection(actor, state_of(options.query))
    for complaint in selection.complaints:
        print(complaint.message, file=sys.stderr)
    total = selection.count()
    results = list(_results(selection, options.limit))
    head = {"total": min(known(total), MOST_COUNTED), "capped": total > MOST_COUNTED}
    if options.json:
        print_json(head, "results", results)
    else:
        _print_table(head, results)


def _results(selection: Selection, limit: int) -> Iterator[dict[str, Any]]:
    """The best matches first, as the list of the pages has them."""
    cells = best(selection, limit)
    for start in range(0, len(cells), AT_ONCE):
        portion = cells[start : start + AT_ONCE]
        yield from map(_result, load_rows(selection.user, portion, reading_context()))


def _result(row: Row) -> dict[str, Any]:
    return {
        "code": row.code,
        "kind": row.kind,
        "name": row.name,
        "email": row.email or None,
        "phone": row.phone or None,
        "company": row.company or None,
    }


def _print_table(head: dict[str, Any], results: list[dict[str, Any]]) -> None:
    rows = [
        [phone_text(row[name]) if name == "phone" and row[name] else row[name] or ""
         for name in COLUMNS]
        for row in results
    ]  # fmt: skip
    for line in table([name.capitalize() for name in COLUMNS], rows):
        print(line)
    more = "more than " if head["capped"] else ""
    print(f"\n{more}{head['total']:,} found, {len(results)} shown.")
