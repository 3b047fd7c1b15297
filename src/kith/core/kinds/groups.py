"""Teams or divisions of the firm itself, by id; only those that there are."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kith.core.kinds.kind import Context, Invalid, Kind, cell_text
from kith.core.kinds.texts import check_count, join_list, split_list
from kith.core.text import plain

MOST = 100


class Groups(Kind):
    """Several of one sort ("team", "division"), given by name or id, none twice."""

    many = True
    widget = "groups"

    def __init__(self, sort: str) -> None:
        self.sort = sort

    def clean(self, raw: Any, context: Context) -> list[int]:
        found: dict[int, None] = {}
        for item in self._items(raw, context):
            pk = self._one(item, context)
            if pk:
                found[pk] = None
        check_count(found, MOST)
        return list(found)

    def _items(self, raw: Any, context: Context) -> list[Any]:
        """One whose own name has a comma is itself, not two."""
        if isinstance(raw, int) and not isinstance(raw, bool):
            return [raw]
        if isinstance(raw, str) and self._find(raw, context):
            return [raw]
        return split_list(raw, ",;\n")

    def _one(self, item: Any, context: Context) -> int | None:
        if isinstance(item, int) and not isinstance(item, bool) and not context.from_sheet:
            if self._label(item, context):
                return item
            raise Invalid("unknown-option", _("There is no such option."), item)
        text = plain(cell_text(item))
        found = self._find(text, context) if text else None
        if text and found is None:
            message = format_lazy(_("“{text}” is not there yet."), text=text[:60])
            raise Invalid("unknown-option", message, text[:100])
        return found

    def _find(self, text: str, context: Context) -> int | None:
        token = context.audiences.find(plain(text), self.sort) if context.audiences else None
        return int(token.partition(":")[2]) if token else None

    def _label(self, pk: int, context: Context) -> str:
        return context.audiences.label(f"{self.sort}:{pk}") if context.audiences else ""

    def show(self, value: Any, context: Context) -> str:
        return join_list([self._label(pk, context) for pk in value or []])

    def alters(self, before: Any, value: Any) -> bool:
        """The order in which they were ticked says nothing."""
        return sorted(before or ()) != sorted(value or ())
