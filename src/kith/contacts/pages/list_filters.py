"""Chips and text are two faces of one query: what is asked of fields, drawn as chips."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.contacts.listing.groups import MINE, TEAM_OF_MANAGER
from kith.contacts.listing.names import (
    CUSTOMER,
    HAS,
    IMPORT,
    NO,
    NUMBERS,
    PHONE,
    TEAM,
    UNVERIFIED,
    UPDATED,
    VENDOR,
    query_names,
)
from kith.contacts.listing.periods import compared, read_period
from kith.contacts.listing.state import KEPT, State
from kith.contacts.record import CONTACT
from kith.core import kinds
from kith.core.kinds.stored import Moment
from kith.search.grammar import field_key
from kith.search.syntax import Named, Not, Part
from kith.web.lists import Chip, with_params

YES_OR_NO = (*NUMBERS, UNVERIFIED)
SIGNS = {">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ "}
SHOWN = 60
"""Characters of a value on a chip."""


def chips(state: State, url: str, params: QueryDict) -> Sequence[Chip]:
    """The filters that are on. A filter has one chip, however many values it names."""
    return [
        Chip(label, value, with_params(url, params, q=state.query.without(part)))
        for part in on_chips(state)
        for label, value in [chip_words(part)]
    ]


def on_chips(state: State) -> Sequence[Named | Not]:
    """The parts that stand alone: what is inside brackets or OR is text only."""
    return [each for each in state.query.conditions if _named_of(each) is not None]  # type: ignore[misc]


def _named_of(part: Part) -> Named | None:
    inner = part.part if isinstance(part, Not) else part
    return inner if isinstance(inner, Named) else None


def chip_words(part: Named | Not) -> tuple[str, str]:
    named = _named_of(part)
    assert named is not None
    label, value = _words(named)
    if isinstance(part, Not) and named.name == HAS:
        label = _("Has no")
    elif isinstance(part, Not):
        value = _("not %(value)s") % {"value": value}
    return label, value


def _words(part: Named) -> tuple[str, str]:
    values = [each.strip('"') for each in part.values]
    if part.name in YES_OR_NO:
        said = {"yes": _("Yes"), "no": _("No")}
        values = [said.get(each.lower(), each) for each in values]
    if part.name in (HAS, NO):
        fields = ", ".join(_field_called(each) for each in values)
        return (_("Has"), fields) if part.name == HAS else (_("Has no"), fields)
    shown = [_shown(part, each) for each in values]
    return label_of(part.name), _(" or ").join(shown)[:SHOWN]


def _field_called(text: str) -> str:
    name = query_names().get(field_key(text))
    name = NUMBERS.get(name or "", name)
    return label_of(name) if name in (*CONTACT.by_name, PHONE) else text


def _shown(part: Named, value: str) -> str:
    """A period by its name, an option of ours by its label; the rest as it was written."""
    field = CONTACT.by_name.get(part.name)
    kind = field.kind if field else Moment() if part.name == UPDATED else None
    if isinstance(kind, Moment | kinds.Date):
        return _when(part.operator, value)
    if part.operator in SIGNS:
        return SIGNS[part.operator] + value
    if isinstance(kind, kinds.Enum):
        return kind.label(value.lower())
    return str(_own_words(part.name, kind).get(value.lower(), value))


def _own_words(name: str, kind: Any) -> Mapping[str, Any]:
    """What stands for no value of its own."""
    if name == TEAM:
        return {MINE: _("My teams")}
    return next((said for classes, said in _SAID if isinstance(kind, classes)), {})


_NOBODY = gettext_lazy("Nobody")
_SAID: Sequence[tuple[Any, Mapping[str, Any]]] = (
    (kinds.User, {"me": gettext_lazy("Me"), "none": _NOBODY, "nobody": _NOBODY}),
    (kinds.Groups, {MINE: gettext_lazy("My divisions")}),
    (
        kinds.Audience,
        {"public": gettext_lazy("All users"), "restricted": gettext_lazy("Some users only")},
    ),
)


def _when(operator: str, value: str) -> str:
    if operator == ">" and value.startswith("-"):
        return str(compared(operator, value) or value)
    return SIGNS.get(operator, "") + str(read_period(value) or value)


def label_of(name: str) -> str:
    return str(_LABELS[name] if name in _LABELS else CONTACT.field(name).label)


_LABELS = {
    PHONE: gettext_lazy("Phone"),
    TEAM: TEAM_OF_MANAGER.label,
    UPDATED: gettext_lazy("Updated"),
    UNVERIFIED: gettext_lazy("Unverified number"),
    IMPORT: gettext_lazy("Import"),
    CUSTOMER: gettext_lazy("Customer"),
    VENDOR: gettext_lazy("Vendor"),
}
"""Of what can be asked for and is no field."""


def clear_url(state: State, url: str, params: QueryDict) -> str:
    parts = [each for each in state.query.conditions if isinstance(each, Named | Not)]
    gone = {name: None for name in params if name not in KEPT}
    return with_params(url, params, **gone, q=state.query.without(*parts))
