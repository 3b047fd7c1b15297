"""Reads the reference lists. They are small, so a book holds them all, read in one query."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from django.db.models import Count, Max, QuerySet, TextField
from django.db.models.functions import Cast

from kith.accounts.actors import SYSTEM
from kith.accounts.audiences import holds
from kith.core.errors import NotFound
from kith.core.kinds.audience import EVERYONE
from kith.core.prepared import Prepared
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
    reach: int
    same_as: int | None


NOTHING = "{}"


@lru_cache(maxsize=256)
def _all_of(lists: tuple[str, ...]) -> Prepared:
    """The columns of an Entry; its attributes as text, because those of most options are empty."""

    def rows() -> QuerySet[Option, Any]:
        options = Option.objects.filter(list_name__in=lists) if lists else Option.objects.all()
        return options.annotate(text=Cast("attributes", TextField())).values_list(
            "id", "list_name", "name", "folded", "position", "text", "archived", "reach_id",
            "same_as_id",
        )  # fmt: skip

    return Prepared(rows)


def names_of(ids: Sequence[int]) -> dict[int, str]:
    """By id."""
    return dict(Option.objects.filter(pk__in=ids).values_list("pk", "name"))


def last_positions(lists: Iterable[str]) -> dict[str, int]:
    """Where a new option stands: at the end, or with all others at 0 in an alphabetical list."""
    rows = Option.objects.filter(list_name__in=list(lists)).values_list("list_name")
    last = dict(rows.annotate(last=Max("position")).order_by())
    return defaultdict(int, {name: place + 1 for name, place in last.items() if place})


class Options:
    """An OptionBook for one piece of work: a request, a portion of an import.

    With `only`, it holds these lists and no others: designations may be thousands. `viewer` is
    offered what everybody is, and what came with contacts that they may see; whoever knows the
    name of another one may write it all the same.
    """

    def __init__(self, *only: str, viewer: Any = None) -> None:
        self._only = only
        self._viewer = viewer
        self._by_id: dict[int, Entry] = {}
        self._by_name: dict[str, dict[str, Entry]] = defaultdict(dict)
        self._read = False

    def find(self, list_name: str, text: str) -> int | None:
        """By name, also a former one, in any spelling of case and accents; archived ones are
        found too."""
        entry = self._lists()[list_name].get(fold(text))
        return (entry.same_as or entry.id) if entry else None

    def holds(self, list_name: str, option_id: int) -> bool:
        """Whether an id is an option of this very list, in use or not."""
        entry = self.get(option_id)
        return entry is not None and entry.list_name == list_name

    def labels(self, list_name: str) -> list[str]:
        """The names on offer, in the list's order."""
        return [entry.name for entry in self.of(list_name)]

    def of(self, list_name: str) -> list[Entry]:
        """The options on offer, in the list's order."""
        entries = (
            each
            for each in self._lists()[list_name].values()
            if not each.archived and self.may_tell(each)
        )
        return sorted(entries, key=lambda each: (each.position, each.folded))

    def may_tell(self, entry: Entry) -> bool:
        """Whether the viewer may know what it is called without seeing who holds it."""
        if entry.reach == EVERYONE or self._viewer in (None, SYSTEM):
            return True
        return holds(self._viewer, entry.reach)

    def private(self) -> dict[int, int]:
        """The options that not everybody is offered, with their audiences."""
        self._lists()
        return {each.id: each.reach for each in self._by_id.values() if each.reach != EVERYONE}

    def label(self, option_id: int) -> str:
        """Raises LookupError for an id that no option has."""
        self._lists()
        return self._by_id[option_id].name

    def told(self, option_id: int) -> str:
        """The label of an id that the viewer came up with. Raises LookupError also where it is not
        for them to know."""
        entry = self.get(option_id)
        if entry is None or not self.may_tell(entry):
            raise LookupError(option_id)
        return entry.name

    def get(self, option_id: int | None) -> Entry | None:
        self._lists()
        return self._by_id.get(option_id) if option_id else None

    def standing(self, option_id: int) -> Entry | None:
        """The option, or the one that it was merged into since a page was drawn."""
        entry = self.get(option_id)
        return self.get(entry.same_as) if entry and entry.same_as else entry

    def forget(self) -> None:
        """Read again next time: an option has been made."""
        self._by_id.clear()
        self._by_name.clear()
        self._read = False

    def _lists(self) -> dict[str, dict[str, Entry]]:
        if not self._read:
            for pk, named, name, folded, position, attributes, *rest in _all_of(self._only).rows():
                held = orjson.loads(attributes) if attributes != NOTHING else {}
                entry = Entry(pk, named, name, folded, position, held, *rest)
                self._by_id[entry.id] = entry
                self._by_name[entry.list_name][entry.folded] = entry
            self._read = True
        return self._by_name


def option_counts() -> dict[str, int]:
    """How many options each list offers."""
    offered = Option.objects.filter(archived=False, same_as=None).values_list("list_name")
    return dict(offered.annotate(count=Count("pk")).order_by())


class OptionPage(NamedTuple):
    """Some options of a list, in their order. `start`: how many stand before them."""

    options: list[Option]
    total: int
    start: int
    number: int
    more: bool


def option_page(
    list_name: str, *, text: str = "", archived: bool = False, page: str = "", size: int
) -> OptionPage:
    """One page of a list; a number of a page that is not there gives the nearest."""
    rows = Option.objects.filter(list_name=list_name, archived=archived, same_as=None)
    if text:
        rows = rows.filter(folded__contains=fold(text))
    count = rows.count()
    last = max(1, -(-count // size))
    number = min(max(int(page), 1), last) if page.isdecimal() and len(page) < 9 else 1
    start = (number - 1) * size
    found = list(rows.order_by("position", "folded")[start : start + size])
    return OptionPage(found, count, start, number, number < last)


def option_for(list_name: str, pk: int) -> Option:
    """An option that stands for itself. Raises NotFound."""
    found = Option.objects.filter(list_name=list_name, pk=pk, same_as=None).first()
    if found is None:
        raise NotFound
    return found


def former_names(option: Option) -> list[str]:
    """Under which names it is understood besides, in sheets and forms."""
    rows = Option.objects.filter(same_as=option).order_by("folded")
    return list(rows.values_list("name", flat=True))
