"""By what a list can be sorted besides its indexed orders: any column that has one value.

`keyed` reads the first few from where the keys are held. Where that finds too few of those that
are listed, the key is worked out for each of them, which costs what a look at all of them costs;
`search.limits` cuts it off. What is empty comes last.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, cast

from django.db import connection
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Exists,
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
from kith.contacts.keys import AT, PHONE_KINDS
from kith.contacts.listing.filters import BY_NAME, VALUES, plainly
from kith.contacts.listing.holders import KEY, ByColumn, ByCompany, ByOption, Holders
from kith.contacts.models import LISTED, Channel, Contact, CustomKey, Link
from kith.contacts.queries import listed, reached, visible_to
from kith.contacts.record import CONTACT
from kith.core import kinds
from kith.core.fields import Below, Beside, Field, Own, Within
from kith.records.layout import column_of, model_of
from kith.reference.models import Option

RAW = "sort_raw"
LONGEST = 200
"""Characters of a text that count."""
KEPT = {"city": "city_folded", "country": "country"}
"""Columns whose index gives the order of a field."""
STANDS_FOR = {"what": "designation"}
NUMBERS = (kinds.Integer, kinds.Money, kinds.Number, kinds.Stars)
TEXTS = (
    kinds.Text, kinds.Texts, kinds.Channel, kinds.Identifier, kinds.Currency, kinds.Country,
    kinds.State, kinds.OnePhone, kinds.Language, kinds.TimeZone,
)  # fmt: skip
Rows = QuerySet[Contact]
Read = Callable[[Any], Any]


@dataclass(frozen=True)
class SortKey:
    """`add` gives the contacts the annotation KEY; `read` makes it of what a cursor holds, and
    raises ValueError or TypeError. `holders` gives a user the rows that hold the keys."""

    add: Callable[[Rows, Any], Rows]
    read: Read
    holders: Callable[[Any], Holders] | None = None
    listed: bool = False
    """Whether only those of the list are held."""
    whole: bool = False
    """Whether everybody has a key."""


def sort_key(name: str) -> SortKey | None:
    """None where nothing can be sorted by it."""
    if name == "phone":
        return SortKey(_by_phone, read_text, _phones)
    field = CONTACT.by_name.get(STANDS_FOR.get(name, name))
    if field is None or field.hidden or field.sensitive:
        return None
    if field.name == "company":
        return SortKey(_by_company, read_text, _companies)
    if isinstance(field.storage, Within):
        return _custom(field, field.storage)
    return _stored(field)


@lru_cache(maxsize=512)
def _stored(field: Field) -> SortKey | None:
    """Made once: a list asks it of each of its columns, and to make one takes a quarter of a
    millisecond."""
    path = _path(field)
    if path is None:
        return None
    match field.storage:
        case Own():
            return _own(field, path)
        case Beside() as beside:
            return _beside(field, beside, path)
        case Below() as below:
            return _below(field, below, path)
    return None


def _path(field: Field) -> str | None:
    """The column to sort by, seen from the table that holds it; None for what has no order."""
    column = field.storage.columns[0] if isinstance(field.storage, Below) else column_of(field)
    if isinstance(field.kind, kinds.Choice | kinds.Choices | kinds.Groups):
        return f"{column.removesuffix('_id')}__folded"
    if isinstance(field.kind, kinds.User):
        return f"{column.removesuffix('_id')}__name"
    if isinstance(field.kind, kinds.Channel):
        return "key"
    ordered = isinstance(field.kind, (*TEXTS, *NUMBERS, kinds.YesNo, kinds.Date, kinds.Enum))
    return KEPT.get(field.name, column) if ordered else None


def _own(field: Field, path: str) -> SortKey:
    column = column_of(field)
    key, read = _order(field, F(path))
    if column not in (*VALUES, *BY_NAME):
        return _plain(key, read)
    # Such an index has only what is listed: it tells nothing of prospects.
    rows = Contact.objects.filter(LISTED) if column in BY_NAME else Contact.objects.all()
    if isinstance(field.kind, kinds.Choice | kinds.User | kinds.Enum):
        options = _options(field, rows, column)
        listed = column in BY_NAME
        made = _plain(key, read, lambda _user: ByOption(options(), rows, column, "pk", listed))
        return replace(made, listed=listed, whole=isinstance(field.kind, kinds.Enum))
    if isinstance(field.kind, kinds.YesNo):  # Rarely set: the others are as good as empty.
        there = Case(When(**{column: True}, then=Value(1)))
        marked = rows.filter(**{column: True}).annotate(**{KEY: there})
        return _plain(there, read, lambda _user: ByColumn(marked, "pk"))
    keyed = rows.annotate(**{KEY: F(column)})
    return _plain(_unindexed(column), _reader(field), lambda _user: ByColumn(keyed, "pk"))


def _beside(field: Field, storage: Beside, path: str) -> SortKey:
    rows = model_of(storage.table.model)._base_manager.filter(**dict(storage.table.fixed))
    parent = storage.table.parent
    first = Subquery(rows.filter(**{parent: OuterRef("pk")}).values(path)[:1])
    if field.name in KEPT:
        keyed = rows.exclude(**{path: ""}).annotate(**{KEY: F(path)})
        return _plain(NullIf(first, Value("")), read_text, lambda _user: ByColumn(keyed, parent))
    held, read = _order(field, F(path))
    keyed = rows.annotate(**{KEY: held})
    return _plain(_order(field, first)[0], read, lambda _user: ByColumn(keyed, parent))


def _below(field: Field, storage: Below, path: str) -> SortKey:
    """The first one there is."""
    rows = model_of(storage.model)._base_manager.all()
    rows = rows.filter(kind=storage.kind) if storage.kind else rows
    parent, column = storage.parent, storage.columns[0]
    first = rows.filter(**{parent: OuterRef("pk")})
    first = first.order_by("position" if storage.ordered else path)
    key, read = _order(field, Subquery(first.values(path)[:1]))
    if isinstance(field.kind, kinds.Choices):
        options = _options(field, rows, column)
        return _plain(key, read, lambda _user: ByOption(options(), rows, column, parent))
    if isinstance(field.kind, kinds.Channel):
        key, rows = NullIf(Subquery(first.values("key")[:1]), Value("")), _channels(field)
        return _plain(key, read, lambda _user: ByColumn(rows, parent))
    keyed = (rows.filter(position=0) if storage.ordered and not storage.single else rows).annotate(
        **{KEY: _order(field, F(path))[0]}
    )
    return _plain(key, read, lambda _user: ByColumn(keyed, parent))


def _channels(field: Field) -> QuerySet[Channel]:
    """The index of keys has the phones together, and the addresses; the others are few."""
    rows = Channel.objects.filter(kind=field.name, position=0)
    if isinstance(field.kind, kinds.Phone):
        return rows.filter(**_NUMBERS).annotate(**{KEY: F("key")})
    if isinstance(field.kind, kinds.Email):
        return rows.filter(**_ADDRESSES).annotate(**{KEY: F("key")})
    return rows.exclude(key="").annotate(**{KEY: _unindexed("key")})


_NUMBERS = {"key__gte": "0", "key__lt": ":"}
_ADDRESSES = {"key__gte": AT, "key__lt": chr(ord(AT) + 1)}


def _unindexed(column: str) -> Any:
    return plainly(column) if connection.vendor == "sqlite" else F(column)


def _options(
    field: Field, rows: "QuerySet[Any, Any]", column: str
) -> Callable[[], Sequence[tuple[Any, Any]]]:
    """The values that any row has, with their keys, in order."""
    having = rows.filter(**{column: OuterRef("pk")})
    if isinstance(field.kind, kinds.Enum):
        values = [value for value, _label, _aliases in field.kind.options]
        return lambda: list(enumerate(values))
    options: QuerySet[Any, Any] = User._base_manager.all()
    if not isinstance(field.kind, kinds.User):
        kind = cast("kinds.Choice", field.kind)
        options = Option._base_manager.filter(list_name=kind.list_name)
    name = "name" if options.model is User else "folded"
    there = options.filter(Exists(having)).annotate(**{KEY: text_key(F(name))})
    there = there.filter(**{f"{KEY}__isnull": False}).order_by(KEY, "pk")
    return lambda: list(there.values_list(KEY, "pk"))


def _custom(field: Field, storage: Within) -> SortKey | None:
    raw = KT(f"{storage.column}__{field.name}")
    keys = CustomKey.objects.filter(field=field.name)
    if isinstance(field.kind, kinds.Choice | kinds.User):
        model, named = (User, "name") if isinstance(field.kind, kinds.User) else (Option, "folded")
        found = model._base_manager.filter(pk=Cast(OuterRef(RAW), BigIntegerField()))
        key = text_key(Subquery(found.values(named)[:1]))
        return SortKey(
            lambda rows, _user: rows.alias(**{RAW: raw}).annotate(**{KEY: key}), read_text
        )
    if not isinstance(field.kind, (*NUMBERS, kinds.Text, kinds.Date, kinds.YesNo)):
        return None
    if storage.index is not None:  # Under texts in the order of what they mean.
        first = keys.filter(contact=OuterRef("pk")).order_by("key").values("key")[:1]
        keyed = keys.annotate(**{KEY: F("key")})
        return _plain(Subquery(first), read_text, lambda _user: ByColumn(keyed))
    if isinstance(field.kind, NUMBERS):
        return _plain(Cast(raw, FloatField()), _read_number)
    return _plain(text_key(Cast(raw, CharField())), read_text)


def _by_phone(rows: Rows, _user: Any) -> Rows:
    """The one that the list shows: mobile before office before other, as their names stand."""
    first = _shown_phones().filter(contact=OuterRef("pk"))
    return rows.annotate(**{KEY: Subquery(first.order_by("kind").values("key")[:1])})


def _shown_phones() -> QuerySet[Channel]:
    return Channel.objects.filter(position=0, kind__in=PHONE_KINDS[:3])


def _phones(_user: Any) -> Holders:
    return ByColumn(_shown_phones().filter(**_NUMBERS).annotate(**{KEY: F("key")}))


def _by_company(rows: Rows, user: Any) -> Rows:
    """Only companies that the user may see: an order gives away what it goes by."""
    links = _primary(user).filter(contact=OuterRef("pk"))
    return rows.annotate(**{KEY: Subquery(links.values("other__sort_name")[:1])})


def _primary(user: Any) -> QuerySet[Link]:
    return Link.objects.filter(listed("other__"), reached(user, "other__"), is_primary=True)


def _companies(user: Any) -> Holders:
    return ByCompany(visible_to(user), Link.objects.filter(is_primary=True))


def _plain(key: Any, read: Read, holders: Callable[[Any], Holders] | None = None) -> SortKey:
    return SortKey(lambda rows, _user: rows.annotate(**{KEY: key}), read, holders)


def _order(field: Field, expression: Any) -> tuple[Any, Read]:
    """By what the values of such a field are ordered."""
    if isinstance(field.kind, NUMBERS):
        return Cast(expression, FloatField()), _read_number
    if isinstance(field.kind, kinds.YesNo):
        return Cast(expression, IntegerField()), _read_number
    if isinstance(field.kind, kinds.Date):
        return Cast(expression, CharField()), read_text
    if isinstance(field.kind, kinds.Enum) and isinstance(field.storage, Own):
        return _rank(field.kind, column_of(field)), _read_number
    return text_key(expression), read_text


def _reader(field: Field) -> Read:
    """Of a column as it stands."""
    if isinstance(field.kind, kinds.Date):
        return lambda key: dt.date.fromisoformat(read_text(key))
    if isinstance(field.kind, kinds.Money):
        return _read_amount
    return _read_number if isinstance(field.kind, NUMBERS) else read_text


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


def _read_amount(key: Any) -> Decimal:
    try:
        return Decimal(str(key))
    except InvalidOperation as error:
        raise ValueError(key) from error
