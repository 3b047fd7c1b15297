"""What a query asks of the keys by which a custom field is found: texts in the order of what they
mean."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import Q

from kith.contacts.listing.values import (
    ME,
    Test,
    any_of,
    bare,
    between,
    cleaned,
    folded_text,
    nothing_called,
    one_of,
    option_ids,
    period_of,
    record_ids,
    user_ids,
)
from kith.core import kinds
from kith.core.fields import Field
from kith.core.kinds.kind import Context
from kith.search.syntax import Named


def key_test(
    field: Field, keys: Callable[[Any], Any], named: Named, context: Context, user: Any
) -> Test:
    tests = []
    for value in named.values:
        if isinstance(field.kind, kinds.Text | kinds.Channel):
            tests.append(folded_text(value, named.operator))
        elif isinstance(field.kind, kinds.Choice | kinds.Choices):
            tests.append(_among([str(each) for each in option_ids(field, value, context)]))
        elif isinstance(field.kind, kinds.User):
            found = [user.pk] if bare(value).lower() == ME else user_ids(bare(value), context)
            tests.append(_among([str(each) for each in found] or nothing_called(field, value)))
        elif isinstance(field.kind, kinds.Record):
            tests.append(_among([str(each) for each in record_ids(field, value, user)]))
        elif isinstance(field.kind, kinds.Date):
            period = period_of(named.operator, value)
            tests.append(_from_to(_iso(period.first), _iso(period.last)))
        else:
            tests.append(_ordered(field, keys, named.operator, value, context))
    return any_of(tests)


def _ordered(
    field: Field, keys: Callable[[Any], Any], operator: str, value: str, context: Context
) -> Test:
    def key(text: str) -> str | None:
        return keys(cleaned(field, text, context))[0] if text else None

    low, dots, high = bare(value).partition("..")
    if dots:
        return _from_to(key(low), key(high))
    only = key(low)
    look = {">": "__gt", ">=": "__gte", "<": "__lt", "<=": "__lte"}.get(operator, "")
    return lambda column: Q(**{f"{column}{look}": only})


def _from_to(first: str | None, last: str | None) -> Test:
    return lambda column: between(column, first, last)


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _among(values: list[Any]) -> Test:
    return lambda column: one_of(column, values)
