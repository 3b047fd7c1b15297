"""Chips and text are two faces of one query: what is asked of fields, drawn as chips."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils.translation import gettext as _

from kith.contacts.listing.names import (
    CUSTOMER,
    HAS,
    IMPORT,
    NO,
    NUMBERS,
    PHONE,
    UNVERIFIED,
    UPDATED,
)
from kith.contacts.listing.periods import read_period
from kith.contacts.listing.state import KEPT, State
from kith.contacts.record import CONTACT
from kith.core import kinds
from kith.core.kinds.stored import Moment
from kith.search.query import Complaint
from kith.search.syntax import Named, Not, Part
from kith.web.lists import Chip, with_params

YES_OR_NO = (*NUMBERS, UNVERIFIED)
SHOWN = 60
"""Characters of a value on a chip."""


def chips(
    state: State, url: str, params: QueryDict, unread: Sequence[Complaint] = ()
) -> Sequence[Chip]:
    """The filters that are on, not those that could not be read. A filter has one chip, however
    many values it names."""
    left_out = {each.start for each in unread}
    return [
        Chip(label, value, with_params(url, params, q=state.query.without(part)))
        for part in on_chips(state)
        if part.start not in left_out
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
    if isinstance(part, Not):
        value = _("not %(value)s") % {"value": value}
    return label, value


def _words(part: Named) -> tuple[str, str]:
    values = [each.strip('"') for each in part.values]
    if part.name in YES_OR_NO:
        said = {"yes": _("Yes"), "no": _("No")}
        values = [said.get(each.lower(), each) for each in values]
    if part.name in (HAS, NO):
        fields = ", ".join(values)
        return (_("Has"), fields) if part.name == HAS else (_("Has no"), fields)
    shown = [_shown(part, each) for each in values]
    sign = {">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ "}.get(part.operator, "")
    return label_of(part.name), (sign + _(" or ").join(shown))[:SHOWN]


def _shown(part: Named, value: str) -> str:
    """A period by its name, an option of ours by its label; the rest as it was written."""
    field = CONTACT.by_name.get(part.name)
    kind = field.kind if field else Moment()
    if isinstance(kind, Moment | kinds.Date) and not part.operator:
        period = read_period(value)
        return str(period) if period else value
    if isinstance(kind, kinds.Enum):
        return kind.label(value.lower())
    if isinstance(kind, kinds.User):
        return {"me": _("Me"), "none": _("Nobody"), "nobody": _("Nobody")}.get(value, value)
    if isinstance(kind, kinds.Audience):
        return {"public": _("All users"), "restricted": _("Some users only")}.get(value, value)
    return value


def label_of(name: str) -> str:
    if name == PHONE:
        return _("Phone")
    if name == UPDATED:
        return _("Updated")
    if name == UNVERIFIED:
        return _("Unverified number")
    if name == IMPORT:
        return _("Import")
    if name in NUMBERS:
        return _("Customer") if name == CUSTOMER else _("Vendor")
    return str(CONTACT.field(name).label)


def clear_url(state: State, url: str, params: QueryDict) -> str:
    parts = [each for each in state.query.conditions if isinstance(each, Named | Not)]
    gone = {name: None for name in params if name not in KEPT}
    return with_params(url, params, **gone, q=state.query.without(*parts))
