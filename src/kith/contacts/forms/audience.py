"""The control for who may see a contact."""

from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from kith.contacts.context import audiences_of
from kith.contacts.forms.control import Control
from kith.core.kinds.audience import ALL, ME


class AudiencePick(Control):
    """All users, only me, or chosen ones; the choice of these shows when it is asked for."""

    template = "audience"
    grouped = True
    SELECTED = "selected"

    @property
    def _chosen(self) -> set[str]:
        raw = self.value
        if isinstance(raw, dict) and "members" in raw:
            return set(raw["members"])
        return set() if isinstance(raw, str) else self.field.kind.members(raw, self.context)  # type: ignore[attr-defined]

    @property
    def choice(self) -> str:
        if isinstance(self.value, str):
            return self.value
        if self._chosen == {f"user:{self.context.reader}"} and not self.typed:
            return ME
        return self.SELECTED if isinstance(self.value, dict) or self._chosen else ALL

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        offered = ((ALL, _("All users")), (ME, _("Only me")), (self.SELECTED, _("Selected")))
        return [(value, label, value == self.choice) for value, label in offered]

    @cached_property
    def groups(self) -> list[tuple[str, list[tuple[str, str, bool]]]]:
        """Teams, divisions and users on offer, and those chosen that no longer are."""
        book, chosen = audiences_of(self.context), self._chosen
        offered = list(book.choices())
        known = {token for token, _name, _kind in offered}
        offered += [(t, book.label(t), t.partition(":")[0]) for t in sorted(chosen - known)]
        named = (("team", _("Teams")), ("division", _("Divisions")), ("user", _("Users")))
        return [
            (label, [(t, name, t in chosen) for t, name, each in offered if each == kind])
            for kind, label in named
        ]

    @property
    def sure(self) -> str:
        """What was refused once: the same again is meant."""
        return ",".join(sorted(self._chosen)) if self.errors else ""

    def read(self, data: QueryDict) -> Any:
        if data.get(self.name) != self.SELECTED:
            return data.get(self.name, "")
        members = [each for each in data.getlist(f"{self.name}-members") if each]
        sure = data.get(f"{self.name}-sure") == ",".join(sorted(members))
        return {"members": members, "sure": sure and bool(members)}
