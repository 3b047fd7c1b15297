"""Plain texts: one line, many lines, names, postal codes, lists of texts."""

import re
import unicodedata
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from kith.core.kinds.kind import Cell, Context, Invalid, Kind, cell_text, unreadable
from kith.core.text import fold, plain, plain_lines


class Text(Kind):
    """One line of text, kept as typed but for invisible characters and doubled spaces."""

    def __init__(
        self, max_length: int = 200, pattern: str = "", pattern_message: Any = None
    ) -> None:
        self.max_length = max_length
        self.pattern = re.compile(pattern) if pattern else None
        self.pattern_message = pattern_message or _("This is not written as expected.")

    def tidy(self, text: str) -> str:
        return plain(text)

    def clean(self, raw: Any, context: Context) -> str | None:
        if isinstance(raw, list | tuple):
            raw = ", ".join(cell_text(item) for item in raw)
        text = self.tidy(cell_text(raw))
        if not text:
            return None
        if len(text) > self.max_length:
            raise too_long(text, self.max_length)
        if self.pattern and not self.pattern.fullmatch(text):
            raise Invalid("text-pattern", self.pattern_message, text)
        return text

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        return [value] if value else []


class Code(Text):
    """A short text that no two records share; where there is none, the column is null."""

    def to_db(self, value: Any) -> Any:
        return value


class LongText(Text):
    """Several lines; the spaces within a line stay."""

    widget = "longtext"

    def __init__(self, max_length: int = 10_000) -> None:
        super().__init__(max_length)

    def tidy(self, text: str) -> str:
        return plain_lines(text)


class Name(Text):
    """The name of a person, company or place: some letter, digit or sign must be in it."""

    def clean(self, raw: Any, context: Context) -> str | None:
        text = super().clean(raw, context)
        if text and all(unicodedata.category(c)[0] in "PZCM" for c in text):
            raise Invalid("name-empty", _("Write a name, with at least one letter or digit."), text)
        return text


class PostalCode(Text):
    """A PIN, ZIP or postal code: capitals, single spaces; cells may hold it as a number."""

    def __init__(self, max_length: int = 16) -> None:
        super().__init__(max_length)

    def tidy(self, text: str) -> str:
        return plain(plain(text).upper())


class Texts(Kind):
    """Several short texts in the order given, none twice (however it is spelt)."""

    many = True
    widget = "texts"

    def __init__(self, max_length: int = 200, max_items: int = 100) -> None:
        self.max_length = max_length
        self.max_items = max_items

    def clean(self, raw: Any, context: Context) -> list[str]:
        found: dict[str, str] = {}
        for item in split_list(raw, ",\n"):
            text = plain(cell_text(item))
            if len(text) > self.max_length:
                raise too_long(text, self.max_length)
            if text:
                found.setdefault(fold(text), text)
        check_count(found, self.max_items)
        return list(found.values())

    def show(self, value: Any, context: Context) -> str:
        return join_list(value or [])

    def export(self, value: Any, context: Context) -> Cell:
        return join_list(value or []) or None

    def search_terms(self, value: Any, context: Context | None = None) -> list[str]:
        return list(value or [])


def too_long(text: str, limit: int) -> Invalid:
    message = format_lazy(_("Use at most {limit} characters; this has {length}."),
                          limit=limit, length=len(text))  # fmt: skip
    return Invalid("too-long", message, text[:100])


def check_count(found: Any, limit: int) -> None:
    if len(found) > limit:
        message = format_lazy(_("Give at most {limit} values here."), limit=limit)
        raise Invalid("too-many", message, len(found))


def split_list(raw: Any, separators: str) -> list[Any]:
    """The items of a list or of one cell; an item in double quotes may hold a separator."""
    if isinstance(raw, list | tuple):
        return list(raw)
    if isinstance(raw, dict | set | frozenset | bytes):
        raise unreadable(raw)
    text = cell_text(raw)
    if '"' not in text:
        return re.split(f"[{separators}]", text)
    return [_unquoted(item) for item in re.findall(_item_pattern(separators), text)]


def _item_pattern(separators: str) -> str:
    return f'(?:^|(?<=[{separators}]))(\\s*"(?:[^"]|"")*"\\s*(?=[{separators}]|$)|[^{separators}]*)'


def _unquoted(item: str) -> str:
    bare = item.strip()
    if len(bare) >= 2 and bare[0] == bare[-1] == '"':
        return bare[1:-1].replace('""', '"')
    return item


def join_list(items: list[str]) -> str:
    """One cell that `split_list` takes apart again."""
    return ", ".join(_quoted(item) if re.search('[,;"\n]', item) else item for item in items)


def _quoted(item: str) -> str:
    return '"' + item.replace('"', '""') + '"'
