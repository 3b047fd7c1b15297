"""The input of several phones, e-mails or links."""

from typing import Any

from django.http import QueryDict
from django.utils.functional import cached_property

from kith.contacts.display import channel_labels
from kith.contacts.forms.control import Control
from kith.core.kinds.kind import Context, Invalid
from kith.web.forms import channel_rows, read_channels


class Entries(Control):
    """Several phones, e-mails or links; works without JavaScript through a spare row."""

    template = "channels"
    grouped = True

    @property
    def input_type(self) -> str:
        return {"phone": "tel", "email": "email", "url": "text"}.get(self.field.kind.widget, "text")

    @property
    def id_for_label(self) -> str:
        return f"id_{self.name}-0-text"

    @cached_property
    def row_errors(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for index, row in enumerate(self.value or [] if self.errors else []):
            try:
                self.field.kind.clean([row], self.context)
            except Invalid as error:
                found[index] = str(error.message)
        return found

    @property
    def rows(self) -> list[dict[str, Any]]:
        values = [
            {"text": self._text(entry), "label": entry.get("label", "")}
            for entry in self.value or []
        ]
        return channel_rows(values, errors=self.row_errors)

    def _text(self, entry: dict[str, str]) -> str:
        if self.typed or not entry.get("value"):
            return entry.get("text", "")
        # Internationally, whatever the contact's country: what is typed back must mean the same.
        return str(self.field.kind.display(entry["value"], Context()))  # type: ignore[attr-defined]

    @property
    def labels(self) -> list[tuple[str, str]]:
        known = channel_labels()
        own = {entry.get("label", "") for entry in self.value or []}
        known.pop("")
        return [
            *known.items(),
            *((each, each) for each in sorted(own) if each and each not in known),
        ]

    def read(self, data: QueryDict) -> list[dict[str, str]]:
        found = read_channels(data, self.name)
        return [*found, *({"text": text} for text in data.getlist(self.name) if text.strip())]

    def named_in(self, data: QueryDict) -> bool:
        """In rows, or by its bare name as in the quick form and in an address."""
        return self.name in data or any(
            key.startswith(f"{self.name}-") and key.endswith("-text") for key in data
        )
