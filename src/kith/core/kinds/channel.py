"""Ways to reach a contact: a list of {"value": normal form, "text": as typed, "label": …}."""

from typing import Any, ClassVar

from kith.core.kinds.kind import Cell, Context, Kind, cell_text, is_blank, unreadable
from kith.core.kinds.texts import check_count, too_long
from kith.core.text import plain

Entry = dict[str, str]


class Channel(Kind):
    """Reads cells, lists and wire form; the first entry is the primary one; none stands twice."""

    many = True
    max_length: ClassVar[int] = 500
    """Of what is typed and of its normal form, which may be longer: é in a link becomes %C3%A9."""
    max_items: ClassVar[int] = 50

    def split(self, text: str, context: Context) -> list[str]:
        """The addresses that one cell holds."""
        raise NotImplementedError

    def read(self, text: str, context: Context) -> tuple[str, str]:
        """(normal form, label found in the text); raises Invalid."""
        raise NotImplementedError

    def display(self, value: str, context: Context) -> str:
        return value

    def plainly(self, text: str, context: Context) -> str | None:
        """The normal form of one address that is written so plainly that nothing about it needs
        a closer look; None leaves it to `split` and `read`. It is what makes imports fast."""
        return None

    def clean(self, raw: Any, context: Context) -> list[Entry]:
        if isinstance(raw, str) and (entry := self._plain_entry(raw, context)):
            return [entry]
        if is_blank(raw):
            return []
        found: dict[str, Entry] = {}
        for item in raw if isinstance(raw, list | tuple) else [raw]:
            for entry in self._entries(item, context):
                found.setdefault(entry["value"], entry)
        check_count(found, self.max_items)
        return list(found.values())

    def _plain_entry(self, text: str, context: Context) -> Entry | None:
        value = self.plainly(text, context) if len(text) <= self.max_length else None
        return None if value is None else {"value": value, "text": plain(text), "label": ""}

    def _entries(self, item: Any, context: Context) -> list[Entry]:
        if isinstance(item, str) and (entry := self._plain_entry(item, context)):
            return [entry]
        if isinstance(item, dict):
            return self._from_wire(item, context)
        if isinstance(item, list | tuple):
            raise unreadable(item)
        typed = cell_text(item)
        texts = (plain(part) for part in self.split(typed, context))
        return [self._entry(text, text, "", context) for text in texts if text]

    def _from_wire(self, item: dict[Any, Any], context: Context) -> list[Entry]:
        """`value` counts when it is there; without it, `text` is read as if typed."""
        value, text = plain(cell_text(item.get("value"))), plain(cell_text(item.get("text")))
        label = plain(cell_text(item.get("label")))[:50].rstrip()
        if not (value or text):
            return []
        return [self._entry(value or text, text or value, label, context)]

    def _entry(self, source: str, text: str, label: str, context: Context) -> Entry:
        if max(len(source), len(text)) > self.max_length:
            raise too_long(text, self.max_length)
        value, found_label = self.read(source, context)
        if len(value) > self.max_length:
            raise too_long(value, self.max_length)
        return {"value": value, "text": text, "label": label or found_label}

    def show(self, value: Any, context: Context) -> str:
        return ", ".join(self.display(entry["value"], context) for entry in value or [])

    def export(self, value: Any, context: Context) -> Cell:
        return ", ".join(entry["value"] for entry in value or []) or None

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        return [entry["value"] for entry in value or []]

    def same(self, one: Any, other: Any) -> bool:
        return values_of(one) == values_of(other)

    def alters(self, before: Any, value: Any) -> bool:
        """Typing the same number in another way changes nothing; another label does."""
        return _labelled(before) != _labelled(value)


def _labelled(entries: list[Entry] | None) -> list[tuple[str, str]]:
    return [(entry["value"], entry["label"]) for entry in entries or []]


def values_of(entries: list[Entry] | None) -> list[str]:
    return [entry["value"] for entry in entries or []]
