"""The two choices of a link's form that no other form has: the relation, and the site."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property

from kith.contacts.forms.control import Control
from kith.contacts.forms.controls import OptionPick

BACK = "-back"


@dataclass
class RelationPick(OptionPick):
    """What the other one is to the contact: each relation by its name and by its reverse name.

    `back`: the reverse name is meant (B is A's employee), so the link reads from B to A.
    """

    back: bool = False

    @property
    def url(self) -> str:
        return ""

    @cached_property
    def options(self) -> list[tuple[str, str, bool]]:
        found = []
        for entry in self._entries():
            chosen = entry.id == self.value
            other = entry.attributes.get("reverse") or entry.name
            alike = other == entry.name
            found.append((f"id:{entry.id}", entry.name, chosen and (alike or not self.back)))
            if not alike:
                found.append((f"id:{entry.id}{BACK}", other, chosen and self.back))
        new = self.value.get("new") if isinstance(self.value, dict) else None
        return [*found, (new, new, True)] if new else found

    def _entries(self) -> list[Any]:
        entries = list(self.offered)
        held = self.book.get(self.value) if isinstance(self.value, int) else None
        return entries if held is None or held in entries else [*entries, held]

    def read(self, data: QueryDict) -> Any:
        text = data.get(self.name, "")
        self.back = text.startswith("id:") and text.endswith(BACK)
        return self._read_one(text.removesuffix(BACK)) if text.strip() else None


@dataclass
class SitePick(Control):
    """At which site of the company somebody sits; the main one is empty."""

    template = "pick"
    may_be_empty = False
    options: list[tuple[str, str]] = field(default_factory=list)

    @property
    def chosen(self) -> str:
        return str(self.value or "")

    def read(self, data: QueryDict) -> int | None:
        text = data.get(self.name, "")
        return int(text) if text.isdecimal() and len(text) < 19 else None
