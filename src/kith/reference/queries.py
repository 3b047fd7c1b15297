"""Reads the reference lists. They are small, so a book holds the ones asked for in memory."""

from kith.core.text import fold
from kith.reference.models import Option


class Options:
    """An OptionBook of one piece of work (a request, an import): each list is read once."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, int]] = {}
        self._by_id: dict[int, Option] | None = None

    def find(self, list_name: str, text: str) -> int | None:
        return self._list(list_name).get(fold(text))

    def names(self, list_name: str) -> list[str]:
        """The list's present options, in their order."""
        return [each.name for each in self.of(list_name)]

    def of(self, list_name: str) -> list[Option]:
        options = (each for each in self._all().values() if each.list_name == list_name)
        return sorted((o for o in options if not o.archived), key=lambda o: (o.position, o.folded))

    def label(self, option_id: int) -> str:
        option = self._all().get(option_id)
        return option.name if option else "?"

    def get(self, option_id: int | None) -> Option | None:
        return self._all().get(option_id) if option_id else None

    def forget(self) -> None:
        """Read again: the write door calls this when it has made an option."""
        self._ids.clear()
        self._by_id = None

    def _all(self) -> dict[int, Option]:
        if self._by_id is None:
            self._by_id = Option.objects.in_bulk()
        return self._by_id

    def _list(self, list_name: str) -> dict[str, int]:
        if list_name not in self._ids:
            self._ids[list_name] = {
                each.folded: each.pk
                for each in self._all().values()
                if each.list_name == list_name
            }
        return self._ids[list_name]

