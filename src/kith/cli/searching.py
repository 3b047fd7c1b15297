"""`kith search`: the contacts that a query finds, as somebody sees them."""

import argparse
from typing import Any

from kith.accounts.permissions import Permission
from kith.cli.errors import Failed
from kith.cli.imports import actor_for
from kith.cli.output import print_json, table
from kith.contacts.models import ContactDocument
from kith.contacts.queries import visible_to
from kith.core.kinds.phone import phone_text
from kith.core.record_types import registry
from kith.records.tables import load_states
from kith.search.engine import matching
from kith.search.query import read_query

COUNTED = 10_000
FIELDS = ("code", "kind", "name", "email", "mobile", "office_phone", "other_phone", "company")
COLUMNS = ("code", "kind", "name", "email", "phone", "company")


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subcommands.add_parser("search", help="find contacts by any part of what is known")
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("--as", dest="email", metavar="EMAIL", help="only what this user may see")
    parser.add_argument("--limit", type=int, metavar="N", default=50)
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run_search)


def run_search(options: argparse.Namespace) -> None:
    actor = actor_for(options.email)
    if not actor.may(Permission.CONTACT_SEE):
        raise Failed("This user may not see contacts.")
    found = visible_to(actor).filter(matching(ContactDocument, read_query(options.query)))
    total = len(found.order_by().values_list("pk", flat=True)[: COUNTED + 1])
    ids = list(found.order_by("sort_name", "pk").values_list("pk", flat=True)[: options.limit])
    head = {"total": min(total, COUNTED), "capped": total > COUNTED}
    if options.json:
        print_json(head, "results", _results(ids))
    else:
        _print_table(head, _results(ids))


def _results(ids: list[int]) -> list[dict[str, Any]]:
    record_type = registry.get("contact")
    states = load_states(record_type, ids, [record_type.field(name) for name in FIELDS])
    return [_result(states[pk]) for pk in ids if pk in states]


def _result(state: dict[str, Any]) -> dict[str, Any]:
    phones = [entry for name in FIELDS if name.endswith(("mobile", "phone"))
              for entry in state[name]]  # fmt: skip
    return {
        "code": state["code"],
        "kind": state["kind"],
        "name": state["name"],
        "email": state["email"][0]["value"] if state["email"] else None,
        "phone": phones[0]["value"] if phones else None,
        "company": state["company"],
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
