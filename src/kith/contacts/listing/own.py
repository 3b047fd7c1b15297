"""Filters of the list by fields of one's own. Their values are found by keys, which stand in the
order of what they mean: a range of numbers or days is a range of keys."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Q, QuerySet

from kith.contacts.listing.periods import read_period
from kith.contacts.models import CustomKey
from kith.contacts.record import CONTACT
from kith.core.fields import Field
from kith.core.kinds.kind import Context, Invalid
from kith.customfields.values import number_key, text_key

LAST = "\U0010ffff"
MOST = 50
_RANGE = re.compile(r"\s*(.*?)\s*\.\.\s*(.*?)\s*")


class Params(Protocol):
    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class OwnFilter:
    """`keys` are met exactly; without them, what lies from `low` to `high`. `texts` is what the
    URL says, `shown` what people read."""

    name: str
    texts: tuple[str, ...]
    shown: tuple[str, ...]
    keys: tuple[str, ...] = ()
    low: str = ""
    high: str = LAST

    def rows(self) -> QuerySet[CustomKey]:
        if self.keys:
            held = Q(key=self.keys[0]) if len(self.keys) == 1 else Q(key__in=self.keys)
        else:
            held = Q(key__gte=self.low, key__lte=self.high)
        return CustomKey.objects.filter(held, field=self.name)


Read = Callable[[Field, Sequence[str], Context], OwnFilter | None]


def filtering() -> Sequence[Field]:
    """The fields of one's own that the list can be filtered by."""
    return [each for each in CONTACT.shape.custom if each.filter]


def listing() -> Sequence[Field]:
    """Those that are columns of the list."""
    return [each for each in CONTACT.shape.custom if each.column]


def read_own(params: Params, context: Context, ignored: list[str]) -> tuple[OwnFilter, ...]:
    found = []
    for field in filtering():
        texts = [text.replace("\0", "").strip()[:200] for text in params.getlist(field.name)[:MOST]]
        texts = list(dict.fromkeys(filter(None, texts)))
        if not texts:
            continue
        read = READ[field.kind.widget](field, texts, context)
        if read is None:
            ignored.append(field.name)
        else:
            found.append(read)
    return tuple(found)


def _by_value(field: Field, texts: Sequence[str], context: Context) -> OwnFilter | None:
    """Options, users and contacts, by id or as people call them."""
    values = [value for text in texts if (value := _value(field, text, context)) is not None]
    if not values:
        return None
    shown = tuple(field.kind.show(_wire(field, value), context) for value in values)
    keys = tuple(map(str, values))
    return OwnFilter(field.name, tuple(texts), shown, keys)


def _wire(field: Field, value: Any) -> Any:
    return [value] if field.kind.many else value


def _value(field: Field, text: str, context: Context) -> Any:
    raw = int(text) if text.isascii() and text.isdigit() and len(text) < 19 else text
    for each in dict.fromkeys((raw, text)):
        try:
            value = field.kind.clean(each, context)
        except Invalid:
            continue
        found = value[0] if isinstance(value, list) else value
        return None if isinstance(found, dict) else found
    return None


def _yes_or_no(field: Field, texts: Sequence[str], context: Context) -> OwnFilter | None:
    value = _value(field, texts[-1], context)
    if value is None:
        return None
    key = "yes" if value else "no"
    return OwnFilter(field.name, (key,), (field.kind.show(value, context),), (key,))


def _beginning(field: Field, texts: Sequence[str], _context: Context) -> OwnFilter | None:
    typed = texts[-1]
    if field.kind.widget == "url" and not typed.startswith("http"):
        typed = f"https://{typed}"
    key = text_key(typed)
    return OwnFilter(field.name, (texts[-1],), (texts[-1],), (), key, key + LAST) if key else None


def _days(field: Field, texts: Sequence[str], _context: Context) -> OwnFilter | None:
    period = read_period(texts[-1])
    if period is None:
        return None
    low = period.first.isoformat() if period.first else ""
    high = period.last.isoformat() if period.last else LAST
    return OwnFilter(field.name, (texts[-1],), (str(period),), (), low, high)


def _numbers(field: Field, texts: Sequence[str], context: Context) -> OwnFilter | None:
    """'12', '10..20', '10..', '..20'."""
    text = texts[-1]
    match = _RANGE.fullmatch(text)
    ends = [match[1], match[2]] if match else [text, text]
    try:
        low, high = (field.kind.clean(end, context) for end in ends)
    except Invalid:
        return None
    if low is None and high is None:
        return None
    shown = text if match else field.kind.show(low, context)
    return OwnFilter(
        field.name,
        (text,),
        (shown,),
        (),
        number_key(low) if low is not None else "",
        number_key(high) if high is not None else LAST,
    )


READ: dict[str, Read] = {
    "text": _beginning,
    "url": _beginning,
    "number": _numbers,
    "money": _numbers,
    "date": _days,
    "yesno": _yes_or_no,
    "choice": _by_value,
    "choices": _by_value,
    "record": _by_value,
    "user": _by_value,
}
