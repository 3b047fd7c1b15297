"""By what a list can be sorted besides its indexed orders: any column that has one value.

The key is worked out for every contact that is listed, so that such an order costs what a look at
all of them costs, on every page; `search.limits` cuts it off. What is empty comes last.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    FloatField,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Left, Lower, NullIf

from kith.accounts.models import User
from kith.contacts.keys import PHONE_KINDS
from kith.contacts.models import Channel, Contact, Link
from kith.contacts.queries import listed, reached
from kith.contacts.record import CONTACT
from kith.core import kinds
from kith.core.fields import Below, Beside, Field, Own, Within
from kith.records.layout import column_of, model_of
from kith.reference.models import Option

KEY, RAW = "sort_key", "sort_raw"
LONGEST = 200
"""Characters of a text that count."""
FOLDED = {"city": "city_folded", "code": "code"}
STANDS_FOR = {"what": "designation"}
NUMBERS = (kinds.Integer, kinds.Money, kinds.Number, kinds.Stars)
TEXTS = (
    kinds.Text, kinds.Texts, kinds.Channel, kinds.Identifier, kinds.Currency, kinds.Country,
    kinds.State, kinds.OnePhone, kinds.Language, kinds.TimeZone,
)  # fmt: skip
Rows = QuerySet[Contact]


@dataclass(frozen=True)
class SortKey:
    """`add` gives the contacts the annotation KEY; `read` makes it of what a cursor holds, and
    raises ValueError or TypeError."""

    add: Callable[[Rows, Any], Rows]
    read: Callable[[Any], Any]


def sort_key(name: str) -> SortKey | None:
    """None where nothing can be sorted by it."""
    if name == "phone":
        return SortKey(_by_phone, read_text)
    field = CONTACT.by_name.get(STANDS_FOR.get(name, name))
    if field is None or field.hidden or field.sensitive:
        return None
    if field.name == "company":
        return SortKey(_by_company, read_text)
    if isinstance(field.storage, Within):
        return _custom(field, field.storage.column)
    return _stored(field)


@lru_cache(maxsize=512)
def _stored(field: Field) -> SortKey | None:
    """Made once: a list asks it of each of its columns, and to make one takes a quarter of a
    millisecond."""
    path = _path(field)
    if path is None or not isinstance(field.storage, Own | Beside | Below):
        return None
    expression = F(path) if isinstance(field.storage, Own) else _first(field.storage, path)
    if isinstance(field.kind, NUMBERS):
        return _plain(Cast(expression, FloatField()), _read_number)
    if isinstance(field.kind, kinds.YesNo):
        return _plain(Cast(expression, IntegerField()), _read_number)
    if isinstance(field.kind, kinds.Date):
        return _plain(Cast(expression, CharField()), read_text)
    if isinstance(field.kind, kinds.Enum) and isinstance(field.storage, Own):
        return _plain(_rank(field.kind, path), _read_number)
    return _plain(text_key(expression), read_text)


def _path(field: Field) -> str | None:
    """The column to sort by, seen from the table that holds it; None for what has no order."""
    column = field.storage.columns[0] if isinstance(field.storage, Below) else column_of(field)
    if isinstance(field.kind, kinds.Choice | kinds.Choices | kinds.Groups):
        return f"{column.removesuffix('_id')}__folded"
    if isinstance(field.kind, kinds.User):
        return f"{column.removesuffix('_id')}__name"
    ordered = isinstance(field.kind, (*TEXTS, *NUMBERS, kinds.YesNo, kinds.Date, kinds.Enum))
    return FOLDED.get(field.name, column) if ordered else None


def _first(storage: Beside | Below, path: str) -> Subquery:
    """The value in the row beside a contact, or the first one below it."""
    if isinstance(storage, Beside):
        rows = model_of(storage.table.model)._base_manager.filter(**dict(storage.table.fixed))
        return Subquery(rows.filter(**{storage.table.parent: OuterRef("pk")}).values(path)[:1])
    rows = model_of(storage.model)._base_manager.filter(**{storage.parent: OuterRef("pk")})
    rows = rows.filter(kind=storage.kind) if storage.kind else rows
    return Subquery(rows.order_by("position" if storage.ordered else path).values(path)[:1])


def _custom(field: Field, column: str) -> SortKey | None:
    raw = KT(f"{column}__{field.name}")
    if isinstance(field.kind, NUMBERS):
        return _plain(Cast(raw, FloatField()), _read_number)
    if isinstance(field.kind, kinds.Choice | kinds.User):
        model, named = (User, "name") if isinstance(field.kind, kinds.User) else (Option, "folded")
        found = model._base_manager.filter(pk=Cast(OuterRef(RAW), BigIntegerField()))
        key = text_key(Subquery(found.values(named)[:1]))

        def add(rows: Rows, _user: Any) -> Rows:
            return rows.alias(**{RAW: raw}).annotate(**{KEY: key})

        return SortKey(add, read_text)
    if isinstance(field.kind, (kinds.Text, kinds.Date, kinds.YesNo)):
        return _plain(text_key(Cast(raw, CharField())), read_text)
    return None


def _by_phone(rows: Rows, _user: Any) -> Rows:
    """The one that the list shows: mobile before office before other, as their names stand."""
    first = Channel.objects.filter(contact=OuterRef("pk"), position=0, kind__in=PHONE_KINDS[:3])
    return rows.annotate(**{KEY: Subquery(first.order_by("kind").values("value")[:1])})


def _by_company(rows: Rows, user: Any) -> Rows:
    """Only companies that the user may see: an order gives away what it goes by."""
    links = Link.objects.filter(listed("other__"), reached(user, "other__"))
    links = links.filter(contact=OuterRef("pk"), is_primary=True)
    return rows.annotate(**{KEY: Subquery(links.values("other__sort_name")[:1])})


def _plain(expression: Any, read: Callable[[Any], Any]) -> SortKey:
    return SortKey(lambda rows, _user: rows.annotate(**{KEY: expression}), read)


def text_key(expression: Any) -> Any:
    return NullIf(Lower(Left(expression, LONGEST)), Value(""))


def _rank(kind: kinds.Enum, column: str) -> Case:
    """As the options are ordered."""
    values = enumerate(value for value, _label, _aliases in kind.options)
    whens = [When(**{column: value}, then=Value(place)) for place, value in values]
    return Case(*whens, output_field=IntegerField())


def read_text(key: Any) -> str:
    if not isinstance(key, str) or "\0" in key:
        raise TypeError(key)
    return key


def _read_number(key: Any) -> float:
    if isinstance(key, bool) or not isinstance(key, int | float):
        raise TypeError(key)
    return key
