"""The forms of a contact: sections of controls, read, checked and told what is wrong."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kith.contacts.dealing import ONLY_IN_TRADE, trades
from kith.contacts.fields.sections import BANK, SETTINGS, STATUTORY, TRADING
from kith.contacts.forms.control import Control, ControlForm
from kith.contacts.forms.controls import Line, control_for, editable
from kith.contacts.forms.requiring import (
    EMPTY,
    begin_with,
    mark_needed,
    needed_at_once,
    still_needed,
)
from kith.contacts.record import CONTACT
from kith.core.countries import country_name, find_country, state_name
from kith.core.errors import Problem
from kith.core.fields import Field
from kith.core.kinds.channel import Channel
from kith.core.kinds.identifier import Identifier
from kith.core.kinds.kind import Context
from kith.core.kinds.sealed import Sealed
from kith.core.record_types import Values
from kith.records.checking import Checked, Draft, check, clean_beside, doubt
from kith.reference.cities import state_of_city

QUICK = ("name", "company", "mobile", "email")
NEEDED = "name"
FOLDABLE = (STATUTORY, TRADING, BANK, SETTINGS)
CHOSEN_BEFORE = "kind"
"""Whether it is a person or a company is settled before the form is drawn."""


@dataclass
class Section:
    id: str
    label: Any
    controls: Sequence[Control]

    @property
    def foldable(self) -> bool:
        return self.id in FOLDABLE

    @property
    def open(self) -> bool:
        """Something stands in it, is wrong with it or is needed in it."""
        return any(
            each.errors or each.required or each.value not in EMPTY for each in self.controls
        )

    @property
    def bad(self) -> bool:
        return any(control.errors for control in self.controls)


class OneEntry(Line):
    """A phone or an e-mail in a form that asks for one only."""

    @property
    def input_type(self) -> str:
        return {"phone": "tel", "email": "email"}.get(self.field.kind.widget, "text")


def quick_control(field: Field, context: Context, value: Any = None) -> Control:
    if isinstance(field.kind, Channel):
        return OneEntry(field, context, value)
    return control_for(field, context, value)


def _asked(kind: str) -> list[Field]:
    fields = (each for each in CONTACT.fields if each.applies_to(kind) and not each.derived)
    return [each for each in fields if each.name != CHOSEN_BEFORE]


class ContactForm(ControlForm):
    """A form over some of a contact's fields.

    `state` is what is stored (empty for a new contact); `read` takes what was sent and gives
    what changes, checked. What was typed stays in the controls, right or wrong.
    """

    def __init__(
        self,
        *,
        context: Context,
        kind: str,
        state: Values | None = None,
        fields: Sequence[Field] = (),
        make: Callable[..., Control] = control_for,
        needed: str = NEEDED,
    ) -> None:
        self.context = context
        self.kind = kind
        self.state = state or {}
        self.controls = {
            each.name: make(each, context, self.state.get(each.name, each.empty))
            for each in (fields or _asked(kind))
            if editable(each)
        }
        if needed in self.controls:
            self.controls[needed].required = True
        if not self.state:
            begin_with(self, context)
        mark_needed(self, kind, self.state)
        if "segment" in self.controls:
            self.controls["segment"].within = self.state.get("industry")  # type: ignore[attr-defined]
        self.non_field_errors: list[str] = []
        self.doubts: list[str] = []
        """What the card will say below a value, one text for each such value."""
        self.remarks: list[str] = []
        """How something was read: said once, for the card keeps no word of it."""
        self.filled = ""
        """What was added to what was typed, in words."""

    @property
    def sections(self) -> list[Section]:
        """Those with anything to fill in; the terms of trade of a contact that is stored only
        where the firm trades with it."""
        hidden = self.state and not trades(self.state, self.context.options, CONTACT.fields)
        found = [
            Section(key, label, [each for each in self if each.field.section == key])
            for key, label in CONTACT.sections
        ]
        return [
            each
            for each in found
            if each.controls and (each.open or not hidden or each.id not in ONLY_IN_TRADE)
        ]

    @property
    def sensitive(self) -> str:
        """The names of what must not stand in an address, with commas."""
        return ",".join(each.name for each in self if each.field.kind.widget == "sealed")

    def prefill(self, data: QueryDict) -> None:
        """Put what the address says into the controls, unchecked."""
        for control in self:
            if control.named_in(data):
                control.value, control.typed = control.read(data), True

    def read(self, data: QueryDict, *, contact_id: int | None = None) -> Checked:
        """What was typed, checked; `problems` are in the controls already."""
        raw = {each.name: each.read(data) for each in self if each.named_in(data)}
        self.context.country = self._country(raw)
        draft, clean = Draft(raw, id=contact_id), clean_beside(self.state)
        checked = check(CONTACT, draft, self.context, clean=clean)
        for control in self:
            if control.name in raw:
                control.value, control.typed = raw[control.name], True
        checked.problems += self._lacking(checked)
        self.complain(checked.problems)
        for caution in checked.cautions:
            self.controls[caution.field].cautions.append(str(caution.message))
        checked.values = self._changes(checked.values)
        if checked.values.get("city") and not data.get("fill_country"):
            self._place(checked.values)
        self._doubt(checked)
        return checked

    def _place(self, given: Values) -> None:
        """A city that was typed and not picked brings its state and country along, where these
        are empty and only one city can be meant."""
        country, state = (given.get(each, self.state.get(each)) for each in ("country", "state"))
        if state or not {"country", "state"} <= {each.name for each in CONTACT.fields}:
            return
        country = country or self.context.default_country
        state = state_of_city(given["city"], country)
        if not state:
            return
        given |= {"country": country, "state": state}
        where = f"{state_name(state)}, {country_name(country)}"
        told = {"city": given["city"], "where": where}
        self.filled = _("%(city)s is in %(where)s: that was added.") % told

    def _doubt(self, checked: Checked) -> None:
        """What changed may be at odds with the rest; `doubts` and `remarks` tell of it all."""
        known, read = len(checked.problems), checked.cautions
        kept = [each for each in read if _stays(each)]
        # How a day was read must not hide that it is still to come.
        checked.cautions = [*kept]
        stored = {"kind": self.kind, **self.state} if self.kind else self.state
        doubt(CONTACT, checked, self.context, stored)
        self.complain(checked.problems[known:])
        odd = checked.cautions[len(kept) :]
        checked.cautions = [*read, *odd]
        for caution in odd:
            if caution.field in self.controls:
                self.controls[caution.field].cautions.append(str(caution.message))
        said = [each for each in read if each.field in checked.values]
        self.remarks = _by_field(each for each in said if not _stays(each))
        self.doubts = _by_field([*filter(_stays, said), *odd])

    def _lacking(self, checked: Checked) -> list[Problem]:
        """What is needed and missing; a quick form makes a company of a company's name alone."""
        given = checked.values
        quick = "company" if given.get("company") and not given.get("name") else "person"
        refused = {problem.field for problem in checked.problems}
        lacking = still_needed(self, self.kind or quick, self.state, given)
        return [each for each in lacking if each.field not in refused]

    def _country(self, raw: Values) -> str:
        if "country" in raw:
            return find_country(str(raw["country"] or "")[:100]) or ""
        return self.state.get("country") or ""

    def _changes(self, values: Values) -> Values:
        """Only what differs from what is stored; for a new contact, what is not empty."""
        kept = {name: as_stored(value, self.state.get(name)) for name, value in values.items()}
        return {
            name: value
            for name, value in kept.items()
            if _alters(CONTACT.field(name), self.state, value)
        }


def _alters(field: Field, state: Values, value: Any) -> bool:
    """A sensitive value typed again is the same one, sealed anew; options have no order."""
    return field.kind.alters(state.get(field.name, field.empty), value)


def as_stored(value: Any, stored: Any) -> Any:
    """An entry that is there already keeps the text it was first typed in."""
    if not (isinstance(value, list) and isinstance(stored, list)):
        return value
    known = {
        each["value"]: each["text"] for each in stored if isinstance(each, dict) and "text" in each
    }
    return [
        each | {"text": known[each["value"]]}
        if isinstance(each, dict) and each.get("value") in known
        else each
        for each in value
    ]


def quick_form(context: Context) -> ContactForm:
    fields = [CONTACT.field(name) for name in QUICK]
    fields += needed_at_once(QUICK)
    return ContactForm(context=context, kind="", fields=fields, make=quick_control, needed="")


def _stays(caution: Problem) -> bool:
    """An official number keeps its flaw, and the card names it; how a day was read is forgotten."""
    kind = CONTACT.field(caution.field).kind
    return isinstance(kind.inner if isinstance(kind, Sealed) else kind, Identifier)


def _by_field(cautions: Iterable[Problem]) -> list[str]:
    """A field with two things to say is one line, as it is on the card."""
    texts: dict[str, list[str]] = {}
    for each in cautions:
        texts.setdefault(each.field, []).append(str(each.message))
    return [f"{CONTACT.field(name).label}: {' '.join(said)}" for name, said in texts.items()]
