"""`kith import`: a sheet becomes contacts, through the same code as the wizard."""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.accounts.queries import Users
from kith.cli.errors import Failed, WrongUse
from kith.cli.import_arguments import add_arguments
from kith.cli.output import Bar, print_json
from kith.core.errors import KithError, NotFound, Refused
from kith.core.record_types import registry
from kith.transfer.access import import_for, require_act
from kith.transfer.models import Import, Stage
from kith.transfer.options import SHORT, ImportOptions
from kith.transfer.reading.workbook import UnreadableFile
from kith.transfer.reports import listed_rows, summary
from kith.transfer.services import checking, imports, running, undoing
from kith.transfer.services.by_command import at_work, left_imports
from kith.transfer.services.profiles import profile_named
from kith.transfer.services.sharing import team_members

PIECE = 1 << 20


def register(subcommands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = subcommands.add_parser("import", help="import contacts from a spreadsheet")
    add_arguments(parser)
    parser.set_defaults(run=run_import, steps_back=True)


def run_import(options: argparse.Namespace) -> None:
    if options.undo is not None:
        undo_import(options)
        return
    if options.resume is not None:
        resume_import(options)
        return
    try:
        importing = _import(_path(options), options)
    except UnreadableFile as error:
        raise Failed(str(error)) from error
    except Refused as error:
        raise WrongUse(str(error)) from error
    except KithError as error:
        raise Failed(str(error)) from error
    _report(importing, options)


def _path(options: argparse.Namespace) -> Path:
    if not options.file:
        raise WrongUse("Say which file to import, or which import to --resume or to --undo.")
    if options.heading_row is not None and options.heading_row < 1:
        raise WrongUse("--heading-row counts from 1.")
    path = Path(options.file)
    if path.is_dir():
        raise WrongUse(f"{path} is a folder.")
    if not path.is_file():
        raise WrongUse(f"There is no file {path}.")
    return path


def _report(importing: Import, options: argparse.Namespace) -> None:
    if options.json:
        print_json(summary(importing), "rows", listed_rows(importing))
    else:
        _print_report(importing)


def _import(path: Path, options: argparse.Namespace) -> Import:
    actor = actor_for(options.email)
    require_act(actor, registry.get("contact"), "import")
    tell_left(actor)
    importing = imports.import_begin(
        actor=actor, record_type="contact", chunks=_pieces(path), filename=path.name
    )
    try:
        _set_up(importing, actor, options)
    except (WrongUse, KithError):
        imports.import_discard(importing=importing)
        raise
    with at_work(importing):
        _check(importing, options)
        if not importing.counts.get("total"):
            print("The sheet has no rows below its headings.", file=sys.stderr)
        if not options.dry_run:
            _run(importing, options, Stage.RUNNING)
    return importing


def _set_up(importing: Import, actor: User, options: argparse.Namespace) -> None:
    if options.sheet or options.heading_row:
        imports.import_choose_sheet(
            importing=importing, sheet=_sheet(importing, options), heading_row=options.heading_row
        )
    if not importing.headings:
        raise WrongUse("There are no headings in this row of the sheet.")
    if options.profile:
        profile = profile_named(actor, importing.record_type, options.profile)
        imports.import_take_profile(importing=importing, profile=profile)
    imports.import_map_change(importing=importing, wishes=_wishes(options.map))
    imports.import_set_options(importing=importing, options=_options(importing, options))
    imports.check_named(importing)


def _check(importing: Import, options: argparse.Namespace) -> None:
    with Bar("Checking", quiet=options.json) as bar:
        imports.begin(importing, Stage.CHECKING)
        checking.check(importing=importing, report=bar)


def _run(importing: Import, options: argparse.Namespace, stage: Stage) -> None:
    with Bar("Importing", quiet=options.json) as bar:
        imports.begin(importing, stage)
        running.run(importing=importing, report=bar)


def tell_left(actor: Any) -> None:
    for each in left_imports(actor):
        told = f"Import {each.pk} ({each.filename}) broke off; kith import --resume {each.pk}"
        print(f"{told} finishes it.", file=sys.stderr)


def resume_import(options: argparse.Namespace) -> None:
    """Goes on exactly where it broke off; a check begins anew."""
    importing = _broken_off(options)
    stage = imports.resumable(importing)
    if importing.state == Stage.FAILED and importing.failed_in == Stage.UNDOING:
        options.undo = importing.pk
        undo_import(options)
        return
    checks = importing.state == Stage.FAILED and importing.failed_in == Stage.CHECKING
    if not (stage or checks or importing.state == Stage.REVIEW):
        raise Failed(f"Import {importing.pk} is {importing.get_state_display()}.")
    with at_work(importing):
        if checks:
            _check(importing, options)
        _run(importing, options, stage or Stage.RUNNING)
    _report(importing, options)


def _broken_off(options: argparse.Namespace) -> Import:
    actor = actor_for(options.email)
    if not options.resume:
        left = left_imports(actor)
        if not left:
            raise Failed("No import was left by a command.")
        return left[0]
    try:
        importing = import_for(actor, options.resume)
    except NotFound as error:
        raise WrongUse(f"There is no import {options.resume}.") from error
    imports.import_settle(importing=importing)
    return importing


def undo_import(options: argparse.Namespace) -> None:
    """What somebody changed since is kept, and counted."""
    actor = actor_for(options.email)
    try:
        importing = import_for(actor, options.undo)
    except NotFound as error:
        raise WrongUse(f"There is no import {options.undo}.") from error
    imports.import_settle(importing=importing)
    if not importing.can_undo:
        raise Failed("There is nothing to undo in this import.")
    with at_work(importing), Bar("Taking it back", quiet=options.json) as bar:
        imports.begin(importing, Stage.UNDOING)
        done = undoing.undo_import(importing=importing, actor=actor, report=bar)
    told = importing.undo_report or undoing.NOTHING
    if options.json:
        numbers = {"import": importing.pk, "undone": told["undone"], "kept": told["kept"]}
        print_json(numbers, "records", (asdict(each) for each in done.kept))
    else:
        print(f"Changes taken back {told['undone']:>10,}")
        print(f"Kept, changed since {told['kept']:>9,}")


def actor_for(email: str | None) -> Any:
    if not email:
        return SYSTEM
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise WrongUse(f"There is no active user {email}.")
    return user


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _sheet(importing: Import, options: argparse.Namespace) -> int:
    """By name, else by its number from 1."""
    if not options.sheet:
        return importing.sheet
    names = [sheet["name"] for sheet in importing.sheets]
    if options.sheet in names:
        return names.index(options.sheet)
    if options.sheet.isdigit():
        return int(options.sheet) - 1
    raise WrongUse(f"The file has no sheet “{options.sheet}”. It has: {', '.join(names)}.")


def _wishes(maps: list[str], *, option: str = "--map 'Column=field'") -> dict[str, str]:
    wishes = {}
    for each in maps:
        left, equals, right = each.rpartition("=")
        if not equals:
            raise WrongUse(f"{option.partition(' ')[0]} needs {option.partition(' ')[2]}, "
                           f"not {each!r}.")  # fmt: skip
        wishes[left] = right
    return wishes


def _values(options: argparse.Namespace) -> dict[str, Any]:
    """What every row gets that holds nothing there itself."""
    manager = {"manager": _manager(options.manager)} if options.manager else {}
    return manager | ({"is_prospect": True} if options.prospects else {})


def _options(importing: Import, options: argparse.Namespace) -> ImportOptions:
    country = options.default_country.upper()
    usual = ImportOptions.from_json(importing.options)
    wishes: dict[str, Any] = {}
    if options.duplicates:
        wishes["duplicates"] = SHORT.get(options.duplicates, options.duplicates)
    if options.match is not None:
        wishes["match"] = _names(options.match)
    if options.date_order:
        wishes["date_order"] = options.date_order
    wishes["values"] = {**usual.values, **_values(options)}
    wishes["shuts"] = options.shut or usual.shuts
    wishes["policies"] = {**usual.policies, **_policies(options)}
    if options.team:
        wishes["share"] = tuple(team_members(options.team))
    if options.tag:
        wishes["added"] = {**usual.added, "tags": [{"new": tag} for tag in options.tag]}
    if options.require:
        wishes["required"] = _names(options.require)
    chosen = replace(usual, default_country=country or usual.default_country, **wishes)
    if options.policy and not chosen.updates:
        raise WrongUse("--policy goes with a --duplicates that fills or overwrites.")
    return chosen


def _policies(options: argparse.Namespace) -> dict[str, str]:
    return _wishes(options.policy, option="--policy FIELD=RULE")


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(",") if name.strip())


def _manager(text: str) -> int:
    found = Users().find(text)
    if found is None:
        raise WrongUse(f"There is no active user {text}.")
    return found


def _print_report(importing: Import) -> None:
    left_out = [heading for heading, field in importing.mapping.items() if not field]
    if left_out:
        print(f"Columns left out: {', '.join(left_out)}")
    for row in listed_rows(importing, only_problems=True):
        for note in [*row["errors"], *row["warnings"]]:
            value = "" if note["value"] in (None, "") else f" [{note['value']}]"
            print(f"  row {row['row']:>6}  {row['outcome']:<9}  {note['column']}: "
                  f"{note['message']}{value}")  # fmt: skip
    for new in importing.news:
        print(f"  new option  {new['list']}: {new['text']} (rows: {new['rows']:,})")
    counts = summary(importing)
    print(f"{'Import':<12}{importing.pk:>10}")
    names = ("total", "created", "updated", "valid", "invalid", "duplicates")
    for name in names:
        print(f"{name.capitalize():<12}{counts[name]:>10,}")
    if importing.state == Stage.REVIEW and importing.counts.get("there"):
        print(f"{'Unchanged':<12}{importing.counts['unchanging']:>10,} of the valid ones")
    sys.stdout.flush()
