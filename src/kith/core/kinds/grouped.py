"""Several things of one record, each with values of its own: its sites. In a sheet each is a
numbered group of columns: "Site 2 City"."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.text import format_lazy

from kith.core.kinds.kind import Context, Kind
from kith.core.text import fold

if TYPE_CHECKING:
    from kith.core.fields import Field

EMPTY: tuple[Any, ...] = (None, "", [])
Item = dict[str, Any]
DOT = "."


class Grouped(Kind):
    """A list of {part: value}, the first of which is the record's own and stands in columns of
    its own. Each goes by the value of the part `key`, told apart as people do.

    first_name: what the first one may be called besides its name.
    title: what a group is called in a heading, with its {number}; short: parts by another
        label there; words: what else a group is called in other people's headings.
    begin: looks at the raw values of a group, and sets what they are read with.
    name: what one is called whose sheet gives no name.
    most: how many the record has that has most of them, of a set of records or of ids.
    """

    def __init__(
        self,
        *parts: "Field",
        key: str,
        first_name: str,
        title: Any,
        short: Mapping[str, Any],
        words: Sequence[str],
        begin: Callable[[Mapping[str, Any], Context], None],
        name: Callable[[Item, Context], str],
        most: Callable[[Any], int],
    ) -> None:
        self.parts = {part.name: part for part in parts}
        self.key, self.first_name, self.title = key, fold(first_name), title
        self.short, self.words, self._begin, self._name = short, words, begin, name
        self.most = most

    def label(self, part: str, number: int) -> Any:
        group = format_lazy(self.title, number=number)
        return format_lazy("{} {}", group, self.short.get(part) or self.parts[part].label)

    def clean(self, raw: Any, context: Context) -> list[Item]:
        """`raw`: the cells of each group, {number: {part: cell}}. Raises Invalid."""
        country = context.country
        try:
            found = [self._item(raw[number], context) for number in sorted(raw or {})]
        finally:
            context.country = country
        return [item for item in found if item]

    def _item(self, cells: Mapping[str, Any], context: Context) -> Item:
        self._begin(cells, context)
        read = {name: self.parts[name].kind.clean(cell, context) for name, cell in cells.items()}
        item = {name: value for name, value in read.items() if value not in EMPTY}
        if item and not item.get(self.key):
            item[self.key] = self._name(item, context)
        return item

    def show(self, value: Any, context: Context) -> str:
        return ", ".join(str(item[self.key]) for item in (value or [])[1:])

    def cell(self, value: Any, number: int, part: str, context: Context) -> Any:
        """One cell of a group, as `export` of the part has it."""
        item = value[number - 1] if value and len(value) >= number else {}
        held = item.get(part)
        return None if held in EMPTY else self.parts[part].kind.export(held, context)

    def merged(self, now: Sequence[Item], more: Sequence[Item], *, overwrite: bool) -> list[Item]:
        """What the things in `more` add to those that are there: whole new ones, and of others
        the parts that differ. None is ever taken away."""
        known = self._by_name(now)
        changes: list[Item] = []
        for item in more:
            held = known.setdefault(fold(item[self.key]), {})
            wished = {
                name: value
                for name, value in item.items()
                if name != self.key
                and self._alters(name, held.get(name), value, overwrite=overwrite)
            }
            if wished or not held:
                changes.append({self.key: held.get(self.key, item[self.key]), **wished})
                held.update(changes[-1])
        return changes

    def after(self, now: Sequence[Item], changes: Sequence[Item]) -> list[Item]:
        """All of them once the changes are made."""
        items = [dict(item) for item in now]
        known = self._by_name(items, copied=False)
        for change in changes:
            held = known.get(fold(change[self.key]))
            if held is None:
                items.append(dict(change))
                known[fold(change[self.key])] = items[-1]
            else:
                held.update(change)
        return items

    def _by_name(self, items: Sequence[Item], *, copied: bool = True) -> dict[str, Item]:
        known = {fold(each[self.key]): dict(each) if copied else each for each in reversed(items)}
        if items:
            known.setdefault(self.first_name, known[fold(items[0][self.key])])
        return known

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
