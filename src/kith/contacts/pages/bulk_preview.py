"""What those hold now whom a change of many concerns: how many of each value, and some of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from kith.contacts.display import words
from kith.contacts.listing.held import held
from kith.contacts.models import Contact
from kith.contacts.record import CONTACT
from kith.core import kinds
from kith.core.fields import Field
from kith.core.habits import count_text
from kith.core.kinds.kind import Context
from kith.records.tables import load_states
from kith.search.limits import TooSlow, cut_off

SAMPLES = 5
MOST_VALUES = 8
SECONDS = 2.0
COUNTED = (kinds.Choice, kinds.Choices, kinds.User, kinds.Enum, kinds.YesNo, kinds.Stars)
"""Of these there are few enough values to be told apart."""


@dataclass(frozen=True)
class Preview:
    """`samples` are the first in the list, with what they hold; `held` says how many hold what;
    `others` hold something else."""

    samples: Sequence[tuple[str, str]]
    more: str = ""
    held: Sequence[tuple[str, str]] = ()
    others: str = ""


def preview(
    user: Any, rows: QuerySet[Contact], count: int, field: Field | None, context: Context
) -> Preview:
    first = list(rows.order_by("sort_name", "pk").values_list("pk", "name")[:SAMPLES])
    more = _n(count - len(first)) if count > len(first) else ""
    if field is None:
        return Preview([(name, "") for _pk, name in first], more)
    states = load_states(CONTACT, [pk for pk, _name in first], [field], viewer=user)
    samples = [(name, words(field, states[pk][field.name], context, 80)) for pk, name in first]
    counts = _counts(rows, field)
    holding = [(_shown(field, value, context), _n(many)) for value, many in counts[:MOST_VALUES]]
    rest = sum(many for _value, many in counts[MOST_VALUES:])
    return Preview(samples, more, holding, _n(rest) if rest else "")


def _n(many: int) -> str:
    return count_text(many)


def _shown(field: Field, value: Any, context: Context) -> str:
    """Of a list of values each is counted by itself."""
    if value in (None, ""):
        return _("Nobody") if isinstance(field.kind, kinds.User) else _("Nothing")
    if isinstance(field.kind, kinds.Stars):
        return "★" * value
    wire = [value] if isinstance(field.kind, kinds.Choices) else field.kind.from_db(value)
    return words(field, wire, context, 60)


def _counts(rows: QuerySet[Contact], field: Field) -> Sequence[tuple[Any, int]]:
    """(value, how many), the most first; nothing where that can't be told, or takes too long."""
    grouped = held(field, rows) if isinstance(field.kind, COUNTED) else None
    if grouped is None:
        return []
    try:
        with cut_off(SECONDS):
            return sorted(grouped, key=lambda each: -each[1])
    except TooSlow:
        return []
