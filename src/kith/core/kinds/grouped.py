"""Several things of one record, each with values of its own: its sites, its links. In a sheet each
is a numbered group of columns: "Site 2 City"."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _

from kith.core.kinds.kind import Context, Invalid, Kind
from kith.core.text import fold

if TYPE_CHECKING:
    from kith.core.fields import Field

EMPTY: tuple[Any, ...] = (None, "", [])
Item = dict[str, Any]
DOT = "."


class Grouped(Kind):
    """A list of {part: value}. Each goes by the value of the part `key`, told apart as people do.

    first: the number of the first group; what stands before is in columns of the record's own.
    usual: up to which number they are offered whether a sheet has them or not.
    title: what a group is called in a heading, with its {number}; short: parts by another
        label there; words: what else a group is called in other people's headings.
    begin: looks at the raw values of a group, and sets what they are read with.
    name: what one is called whose sheet gives no name; None where it must have one.
    most: how many the record has that has most of them, of a set of records or of ids, as far as
        a viewer may see them.
    """

    def __init__(
        self,
        *parts: "Field",
        key: str,
        first: int,
        usual: int,
        title: Any,
        short: Mapping[str, Any],
        words: Sequence[str],
        begin: Callable[[Mapping[str, Any], Context], None],
        name: Callable[[Item, Context], str | None],
        most: Callable[[Any, Any], int],
    ) -> None:
        self.parts = {part.name: part for part in parts}
        self.key, self.first, self.usual, self.title = key, first, usual, title
        self.short, self.words, self._begin, self._name = short, words, begin, name
        self.most = most

    def label(self, part: str, number: int) -> Any:
        group = format_lazy(self.title, number=number)
        return format_lazy("{} {}", group, self.short.get(part) or self.parts[part].label)

    def clean(self, raw: Any, context: Context) -> list[Item]:
        """`raw`: the cells of each group, {number: {part: cell}}. Raises Invalid."""
        country = context.country
        try:
            found = [self._item(raw[number], number, context) for number in sorted(raw or {})]
        finally:
            context.country = country
        return [item for item in found if item]

    def _item(self, cells: Mapping[str, Any], number: int, context: Context) -> Item:
        self._begin(cells, context)
        read = {name: self.parts[name].kind.clean(cell, context) for name, cell in cells.items()}
        item = {name: value for name, value in read.items() if value not in EMPTY}
        if item and not item.get(self.key):
            name = self._name(item, context)
            if name is None:
                message = _("%(field)s is needed.") % {"field": self.label(self.key, number)}
                raise Invalid("required", message)
            item[self.key] = name
        return item

    def show(self, value: Any, context: Context) -> str:
        return ", ".join(str(item[self.key]) for item in (value or [])[self.first - 1 :])

    def cell(self, value: Any, number: int, part: str, context: Context) -> Any:
        """One cell of a group, as `export` of the part has it."""
        item = value[number - 1] if value and len(value) >= number else {}
        held = item.get(part)
        return None if held in EMPTY else self.parts[part].kind.export(held, context)

    def merged(self, now: Sequence[Item], more: Sequence[Item], *, overwrite: bool) -> list[Item]:
        """What the things in `more` add to those that are there: whole new ones, and of others
        the parts that differ. None is ever taken away."""
        known = self._by_name([dict(item) for item in now])
        changes: list[Item] = []
        for item in more:
            held = known.setdefault(self.asked(item), {})
            wished = {
                name: value
                for name, value in item.items()
                if name != self.key
                and self._alters(name, held.get(name), value, overwrite=overwrite)
            }
            if wished or not held:
                changes.append(self.identity(held or item) | wished)
                held.update(changes[-1])
        return changes

    def after(self, now: Sequence[Item], changes: Sequence[Item]) -> list[Item]:
        """All of them once the changes are made."""
        items = [dict(item) for item in now]
        known = self._by_name(items)
        for change in changes:
            held = known.get(self.asked(change))
            if held is None:
                items.append(dict(change))
                known[self.asked(change)] = items[-1]
            else:
                held.update(change)
        return items

    def _by_name(self, items: Sequence[Item]) -> dict[str, Item]:
        known: dict[str, Item] = {}
        for item in items:
            for name in self.known_as(item):
                known.setdefault(name, item)
        return known

    def asked(self, item: Item) -> str:
        """By what an item of a sheet is looked for among those that are there."""
        return fold(item[self.key])

    def known_as(self, item: Item) -> list[str]:
        """By what one that is there is found; who read it may know more names."""
        return [self.asked(item), *map(fold, item.get("known_as", ()))]

    def identity(self, item: Item) -> Item:
        """What a change says of which one it is."""
        return {self.key: item[self.key]}

    def _alters(self, name: str, held: Any, value: Any, *, overwrite: bool) -> bool:
        return held in EMPTY or (overwrite and self.parts[name].kind.alters(held, value))


def part_name(group: str, number: int, part: str) -> str:
    """How a mapping names one column of a group: "sites.2.city"."""
    return DOT.join((group, str(number), part))


def split_part(name: str) -> tuple[str, int, str] | None:
    """(group, number, part) of such a name."""
    group, _dot, rest = name.partition(DOT)
    number, _dot, part = rest.partition(DOT)
    return (group, int(number), part) if part and number.isdecimal() else None
