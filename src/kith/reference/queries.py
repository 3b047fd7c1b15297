"""Reads the reference lists. They are small, so a book holds them all, read in one query."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from kith.core.text import fold
from kith.reference.models import Option


class Entry(NamedTuple):
    """One option as the book holds it."""

    id: int
    list_name: str
    name: str
    folded: str
    position: int
    attributes: dict[str, Any]
    archived: bool


def option_entries(ids: Iterable[int | None]) -> dict[int, Entry]:
    """A few options, by id."""
    options = Option.objects.filter(pk__in=[pk for pk in ids if pk is not None])
    return {row[0]: Entry(*row) for row in options.values_list(*Entry._fields)}


class Options:
    """An OptionBook for one piece of work: a request, a portion of an import.

    With `only`, it holds these lists and no others: designations may be thousands.
    """

    def __init__(self, *only: str) -> None:
        self._only = only
        self._by_id: dict[int, Entry] = {}
        self._by_name: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._read = False

    def find(self, list_name: str, text: str) -> int | None:
        """By name in any spelling of case and accents; archived ones are found too."""
        entry = self._lists()[list_name].get(fold(text))
        return entry.id if entry else None

    def labels(self, list_name: str) -> list[str]:
        """The names on offer, in the list's order."""
        return [entry.name for entry in self.of(list_name)]

    def of(self, list_name: str) -> list[Entry]:
        """The options on offer, in the list's order."""
        entries = (each for each in self._lists()[list_name].values() if not each.archived)
        return sorted(entries, key=lambda each: (each.position, each.folded))

    def label(self, option_id: int) -> str:
        """Raises LookupError for an id that no option has."""
        self._lists()
        return self._by_id[option_id].name

    def get(self, option_id: int | None) -> Entry | None:
        self._lists()
        return self._by_id.get(option_id) if option_id else None

    def forget(self) -> None:
        """Read again next time: an option has been made."""
        self._by_id.clear()
        self._by_name.clear()
        self._read = False

    def _lists(self) -> dict[str, dict[str, Entry]]:
        if not self._read:
            options = Option.objects.all()
            if self._only:
                options = options.filter(list_name__in=self._only)
            for row in options.values_list(*Entry._fields):
                entry = Entry(*row)
                self._by_id[entry.id] = entry
                self._by_name[entry.list_name][entry.folded] = entry
            self._read = True
        return self._by_name
