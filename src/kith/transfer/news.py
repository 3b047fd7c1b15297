"""The options that rows name and their lists do not have yet: an import adds them, if it may."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kith.core.fields import Field
from kith.core.kinds.grouped import Grouped, split_part
from kith.core.record_types import RecordType, Values
from kith.core.text import fold

MOST_TOLD = 200
MOST_COUNTED = 5_000
"""So many different ones are told apart; a column of names taken for a list has no end."""
News = tuple[str, str]
"""(list, the text as it was first written)"""


def lists_named(record_type: RecordType, mapped: Iterable[str]) -> list[tuple[str, str, str]]:
    """(field, part of a group or "", list) of the mapped fields whose values are options."""
    found = []
    for name in mapped:
        split = split_part(name)
        field = record_type.field(name)
        if list_name := getattr(field.kind, "list_name", ""):
            found.append((split[0] if split else name, split[2] if split else "", list_name))
    return list(dict.fromkeys(found))


def news_in(lists: Iterable[tuple[str, str, str]], values: Values) -> list[News]:
    return [
        (list_name, text)
        for name, part, list_name in lists
        if (value := values.get(name))
        for text in _texts(value, part)
    ]


def _texts(value: Any, part: str) -> Iterator[str]:
    items = value if type(value) is list else [value]
    for item in items:
        option = item.get(part) if part and type(item) is dict else item
        if type(option) is dict and "new" in option:
            yield option["new"]


def news_count(counts: Counter[News], found: Iterable[News]) -> None:
    for each in found:
        if each in counts or len(counts) < MOST_COUNTED:
            counts[each] += 1


def news_json(counts: Counter[News]) -> list[dict[str, Any]]:
    """List by list, what most rows name first; spellings that fold alike become one option."""
    by_folded: dict[News, dict[str, Any]] = {}
    for (list_name, text), rows in counts.items():
        told = {"list": list_name, "text": text, "rows": 0}
        by_folded.setdefault((list_name, fold(text)), told)["rows"] += rows
    found = [each for each in by_folded.values() if each["rows"] > 0]
    return sorted(found, key=lambda each: (each["list"], -each["rows"], each["text"]))


def news_of(stored: Iterable[Mapping[str, Any]]) -> Counter[News]:
    return Counter({(each["list"], each["text"]): each["rows"] for each in stored})


def list_labels(record_type: RecordType) -> dict[str, str]:
    """By list: what the first field that chooses from it is called."""
    labels: dict[str, str] = {}
    for field in _all_fields(record_type):
        if list_name := getattr(field.kind, "list_name", ""):
            labels.setdefault(list_name, str(field.label))
    return labels


def _all_fields(record_type: RecordType) -> Iterator[Field]:
    yield from record_type.fields
    for field in record_type.sheet_fields:
        yield from field.kind.parts.values() if isinstance(field.kind, Grouped) else (field,)
