"""What `kith import` can be told, in groups as `--help` shows them."""

import argparse

from kith.transfer.options import DATE_ORDERS, DUPLICATES, SHORT


def add_arguments(parser: argparse.ArgumentParser) -> None:
    _add_what(parser)
    _add_reading(parser.add_argument_group("how the sheet is read"))
    _add_duplicates(parser.add_argument_group("rows that are there already"))
    _add_new(parser.add_argument_group("new contacts"))
    parser.add_argument("--as", dest="email", metavar="EMAIL", help="import as this user")
    parser.add_argument("--dry-run", action="store_true", help="only check")
    parser.add_argument("--json", action="store_true")


def _add_what(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", nargs="?", help="a spreadsheet, .csv or .vcf")
    parser.add_argument("--undo", type=int, metavar="ID", help="take an earlier import back")
    parser.add_argument(
        "--resume",
        type=int,
        metavar="ID",
        nargs="?",
        const=0,
        help="finish an import that broke off; without an ID the latest one that a command left",
    )


def _add_reading(group: "argparse._ArgumentGroup") -> None:
    group.add_argument("--sheet", help="name or number of the sheet, when it is not the best one")
    group.add_argument("--heading-row", type=int, metavar="N")
    group.add_argument(
        "--map",
        metavar="Column=field",
        action="append",
        default=[],
        help="feed a field from a column; nothing after the = leaves the column out",
    )
    group.add_argument("--profile", metavar="NAME", help="take over the choices kept so")
    group.add_argument("--default-country", metavar="IN", default="")
    group.add_argument("--date-order", choices=DATE_ORDERS)


def _add_duplicates(group: "argparse._ArgumentGroup") -> None:
    group.add_argument("--duplicates", choices=(*DUPLICATES, *SHORT))
    group.add_argument(
        "--match",
        default=None,
        help="what tells a duplicate, in this order: code,email,phone,name (the first rule that "
        "finds exactly one counts)",
    )
    group.add_argument(
        "--policy",
        metavar="FIELD=RULE",
        action="append",
        default=[],
        help="what rows that are there already do to one field (or to the others: *): fill, "
        "overwrite, append (to a list), newer (needs a column mapped to changed_at)",
    )


def _add_new(group: "argparse._ArgumentGroup") -> None:
    group.add_argument("--manager", metavar="EMAIL", help="account manager of new contacts")
    group.add_argument(
        "--team", metavar="NAME", help="share new contacts out evenly among a team's members"
    )
    group.add_argument("--tag", action="append", default=[], help="a tag for all of them")
    group.add_argument(
        "--require", metavar="FIELDS", default="", help="fields that a new contact must have"
    )
    group.add_argument("--prospects", action="store_true", help="import prospects, not contacts")
    group.add_argument(
        "--shut",
        action="store_true",
        help="private to the importer (see --as), where a row names nobody known who may see it",
    )
