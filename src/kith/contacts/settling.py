"""What the values of one contact say about each other: kind, name and company."""

from django.utils.translation import gettext as _

from kith.contacts.models import ContactKind
from kith.core.errors import Problem
from kith.core.kinds.audience import EVERYONE
from kith.core.names import split_name
from kith.core.record_types import Values

PERSON, COMPANY = ContactKind.PERSON.value, ContactKind.COMPANY.value
NAMES = ("name", "given_name", "family_name", "kind")
LONGEST = 200
"""Characters of a name, also of one that is put together of its parts."""
# What a field goes back to when it is emptied; these columns are never without a value.
BLANK = {
    "kind": PERSON,
    "accessibility": EVERYONE,
    "important": False,
    "site_name": "main",
}


def settle(before: Values, values: Values) -> tuple[Values, list[Problem]]:
    """Only a company name, or only a person's, is enough; one of them is needed.

    A person's full name and its two parts are kept in step, whichever of them was given.
    """
    emptied = {name for name, blank in BLANK.items() if name in values and values[name] is None}
    if before and not emptied and not any(name in values for name in NAMES):
        return values, []
    values = values | {name: BLANK[name] for name in emptied}
    if not before:
        _company_alone(values)
    state = _together(before, values)
    if state.get("kind") == COMPANY:
        values |= {"given_name": None, "family_name": None}
    else:
        _settle_person(before, values)
    name = values["name"] if "name" in values else before.get("name")
    if name and len(name) > LONGEST:
        message = _("Given and family name together have more than %(most)d characters.")
        return values, [Problem("name", "too-long", message % {"most": LONGEST}, name)]
    if name:
        return values, []
    message = _("Give the name of a person or of a company.")
    return values, [Problem("name", "required", message, state.get("name"))]


def _together(before: Values, values: Values) -> Values:
    """A new record, of which an import makes many, is only what is set."""
    return before | values if before else values


def _company_alone(values: Values) -> None:
    named = any(values.get(name) for name in NAMES[:3])
    if not named and values.get("company"):
        values |= {"kind": COMPANY, "name": values["company"], "company": None}
    values["kind"] = values.get("kind") or PERSON


def _settle_person(before: Values, values: Values) -> None:
    parts = [name for name in ("given_name", "family_name") if name in values]
    full = values.get("name")
    if (
        full
        and ("name" not in before or full != before["name"])
        and not any(values.get(part) for part in parts)
    ):
        given, family = split_name(full)
        values |= {"given_name": given or None, "family_name": family or None}
    elif parts:
        state = _together(before, values)
        names = [state.get("given_name"), state.get("family_name")]
        if _family_first(values) or _family_first(before):
            names.reverse()
        values["name"] = " ".join(name for name in names if name) or None


def _family_first(values: Values) -> bool:
    """Whether the full name begins with the family's, as in Vietnam, Japan or Hungary."""
    given, family = values.get("given_name"), values.get("family_name")
    return bool(given and family) and values.get("name") == f"{family} {given}"
