"""The form of a link between two contacts."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kith.contacts.context import reading_context
from kith.contacts.display import words
from kith.contacts.forms.control import Control
from kith.contacts.forms.controls import control_for
from kith.contacts.models import Contact, ContactKind, Link
from kith.contacts.queries import visible_to
from kith.contacts.record import LINK
from kith.contacts.services.companies import WORKS_AT
from kith.contacts.services.relations import RELATED_TO
from kith.core.errors import Clash, Problem
from kith.core.record_types import Values
from kith.records.checking import Draft, check
from kith.records.tables import load_states

ASKED = ("relation", "job_title", "from_date", "to_date")


class LinkForm:
    """Read from `contact` to the other; a person is always linked to the company, never back."""

    def __init__(self, *, contact: Contact, link: Link | None = None) -> None:
        self.context = reading_context()
        self.contact = contact
        self.link = link
        self.other: Contact | None = self._other_end()
        state = load_states(LINK, [link.pk], LINK.fields)[link.pk] if link else self._begin()
        self.is_primary = bool(state.get("is_primary"))
        self.version: int | None = state.get("version")
        self.controls: dict[str, Control] = {
            name: control_for(LINK.field(name), self.context, state.get(name)) for name in ASKED
        }
        self.non_field_errors: list[str] = []

    def __iter__(self) -> Iterator[Control]:
        return iter(self.controls.values())

    @property
    def errors(self) -> list[Any]:
        return [each for each in self if each.errors] + self.non_field_errors

    def _other_end(self) -> Contact | None:
        if self.link is None:
            return None
        return self.link.other if self.link.contact_id == self.contact.pk else self.link.contact

    def _begin(self) -> Values:
        find = self.context.options.find  # type: ignore[union-attr]
        relation = find(LINK.field("relation").kind.list_name, WORKS_AT)  # type: ignore[attr-defined]
        return {"relation": relation or {"new": WORKS_AT}}

    def read(self, data: QueryDict, user: Any) -> Values:
        """The values of the link; what is wrong stands in `errors` afterwards."""
        raw = {each.name: each.read(data) for each in self}
        checked = check(
            LINK,
            Draft({k: v for k, v in raw.items() if k != "relation" or v is not None}),
            self.context,
        )
        version = data.get("version", "")
        if self.link is not None and version.isdecimal():
            self.version = int(version[:9])
        for control in self:
            control.value, control.typed = raw[control.name], True
        self.is_primary = "is_primary" in data
        self.complain(checked.problems)
        values = checked.values
        if not raw["relation"] and self.link is None:
            values["relation"] = {"new": RELATED_TO}
        if values.get("from_date") and (values.get("to_date") or "9") < values["from_date"]:
            self.controls["to_date"].errors.append(_("This lies before the beginning."))
        if self.link is not None:
            return values | {"is_primary": self.is_primary}
        return values | self._ends(data, user)

    def _ends(self, data: QueryDict, user: Any) -> Values:
        """Which way the link reads; people are linked to companies."""
        chosen = data.get("other", "")
        usable = chosen.isdecimal() and len(chosen) < 19
        self.other = visible_to(user).filter(pk=int(chosen)).first() if usable else None
        if self.other is None:
            self.non_field_errors.append(_("Choose the contact to link to."))
            return {}
        ends = [self.contact, self.other]
        if self.contact.kind == ContactKind.COMPANY and self.other.kind == ContactKind.PERSON:
            ends.reverse()
        found: Values = {"contact": ends[0].pk, "other": ends[1].pk}
        if self.is_primary:
            found["is_primary"] = True
        elif ends[1].kind != ContactKind.COMPANY:
            found["is_primary"] = False
        return found

    def clash(self, clash: Clash) -> None:
        """Somebody saved first: say what the link holds now; saving again is meant."""
        self.version = clash.version
        told = [
            f"{control.field.label}: {words(control.field, clash.now.get(name), self.context)}"
            for name, control in self.controls.items()
            if control.field.kind.alters(clash.now.get(name), control.value)
        ]
        message = _("Somebody else changed this link in the meantime. It holds now: %(values)s. "
                    "Save again to put what you typed in its place.")  # fmt: skip
        self.non_field_errors.append(message % {"values": "; ".join(told) or "–"})

    def complain(self, problems: Sequence[Problem]) -> None:
        for problem in problems:
            control = self.controls.get(problem.field)
            (control.errors if control else self.non_field_errors).append(str(problem.message))
