"""How an import is to be done, as a form: read from what was posted, and drawn."""

from itertools import zip_longest
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kith.accounts.queries import Users
from kith.core.countries import countries
from kith.core.record_types import RecordType
from kith.core.text import plain
from kith.transfer.options import (
    APPEND,
    CREATE_ALL,
    CREATE_FILL,
    CREATE_OVERWRITE,
    CREATE_SKIP,
    DATE_ORDERS,
    EVERY,
    FILL,
    NEWER,
    OVERWRITE,
    SHORT,
    ImportOptions,
)
from kith.transfer.services.sharing import members_of, team_of, teams

PROSPECT = "is_prospect"
SPARE = 3
"""Empty places for rules of single fields; more come when these are taken."""


def posted_options(posted: QueryDict) -> ImportOptions:
    manager, chosen = posted.get("manager", ""), posted.get("duplicates", CREATE_SKIP)
    team = str(posted.get("team", ""))
    return ImportOptions(
        shuts="shuts" in posted,
        mail="mail" in posted,
        mail_to=tuple(int(pk) for pk in posted.getlist("mail_to") if is_number(pk)),
        duplicates=SHORT.get(chosen, chosen),
        policies=_policies(posted),
        match=tuple(dict.fromkeys(name for name in posted.getlist("match") if name)),
        default_country=posted.get("default_country", ""),
        date_order=posted.get("date_order", "ymd"),
        values=_values(posted),
        added=_tags(posted),
        share=tuple(members_of(int(team))) if is_number(team) and not manager else (),
        required=tuple(dict.fromkeys(name for name in posted.getlist("required") if name)),
    )


def _values(posted: QueryDict) -> dict[str, Any]:
    """What every new record gets whose row holds nothing there."""
    manager = str(posted.get("manager", ""))
    values: dict[str, Any] = {"manager": int(manager)} if is_number(manager) else {}
    return values | ({PROSPECT: True} if "prospects" in posted else {})


def _tags(posted: QueryDict) -> dict[str, list[Any]]:
    tags = [tag for part in str(posted.get("tags", "")).split(",") if (tag := plain(part))]
    return {"tags": [{"new": tag} for tag in tags]} if tags else {}


def _policies(posted: QueryDict) -> dict[str, str]:
    """A field and what is done with it stand in the same place of two lists."""
    pairs = zip_longest(posted.getlist("policy-field"), posted.getlist("policy"), fillvalue="")
    return {str(name): str(policy) for name, policy in pairs if name}


def is_number(text: str) -> bool:
    """One that a database column holds."""
    return text.isdecimal() and len(text) < 10


def options_form(record_type: RecordType, options: ImportOptions) -> dict[str, Any]:
    tags = (item for item in options.added.get("tags", []) if isinstance(item, dict))
    return {
        "options": options,
        "duplicates": _duplicates(),
        "rules": _rules(options, record_type),
        "policies": [*options.policies.items(), *[("", FILL)] * SPARE],
        "policy_choices": _policy_choices(),
        "every": EVERY,
        "countries": countries(),
        "date_orders": _date_orders(),
        "may_be_prospects": PROSPECT in record_type.by_name,
        "prospects": options.values.get(PROSPECT),
        "managers": Users().choices(),
        "manager": options.values.get("manager"),
        "teams": teams(),
        "team": team_of(options.share) if options.share else None,
        "tags": ", ".join(item["new"] for item in tags),
    }


def _duplicates() -> list[tuple[str, str, str]]:
    """(choice, what it is called, what it means)"""
    no_harm, kept = _("Nothing that is stored changes."), _("What is stored is kept.")
    nothing_new = _("Nothing new is made.")
    overwritten = _("What the sheet says counts; its blank cells change nothing.")
    return [
        (CREATE_ALL, _("Create all, duplicates too"), _("There will be two of each.")),
        (CREATE_SKIP, _("Create new ones, leave duplicates out"), no_harm),
        (CREATE_FILL, _("Create new ones, fill in blanks of duplicates"), kept),
        (CREATE_OVERWRITE, _("Create new ones, overwrite duplicates"), overwritten),
        (FILL, _("Only fill in blanks of duplicates"), nothing_new),
        (OVERWRITE, _("Only overwrite duplicates"), nothing_new),
    ]


def _policy_choices() -> list[tuple[str, str]]:
    return [
        (FILL, _("is filled in where it is blank")),
        (OVERWRITE, _("is overwritten")),
        (APPEND, _("gets what is new behind what it holds (lists)")),
        (NEWER, _("takes the newer value (“Last changed”)")),
    ]


def _date_orders() -> list[tuple[str, str]]:
    labels = {
        "dmy": _("3 April (day first)"),
        "mdy": _("4 March (month first)"),
        "ymd": _("3 April, and 99-04-03 begins with its year"),
    }
    return [(name, labels[name]) for name in DATE_ORDERS]


def _rules(options: ImportOptions, record_type: RecordType) -> list[dict[str, Any]]:
    """As many places as there are rules; what stands in the first one is tried first."""
    names = [*options.match, *[""] * len(record_type.matchers)]
    choices = [(matcher.name, matcher.label) for matcher in record_type.matchers]
    return [
        {"chosen": name, "choices": choices, "first": not place}
        for place, name in enumerate(names[: len(choices)])
    ]
