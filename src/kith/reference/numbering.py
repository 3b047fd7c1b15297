"""The next number of a series. No number is ever given twice, nor given back."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from kith.core.errors import Refused
from kith.core.holding import hold
from kith.core.record_types import registry
from kith.history.models import ChangeSet, Door
from kith.records.checking import Checked
from kith.records.door import change_set
from kith.reference.models import NumberSeries

CUSTOMER, VENDOR = "customer", "vendor"
PREFIXES = {CUSTOMER: "CUST-", VENDOR: "VEND-"}
"""What a series begins with, until an administrator says otherwise."""
DIGITS = 5
LONGEST = 30
_COUNTED = re.compile(r"\d{1,9}", re.ASCII)


def take_number(series: str) -> str:
    """The next one, in its format. Whoever else asks waits until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reference_numberseries (name, prefix, digits, next_number) "
            "VALUES (%s, %s, %s, 2) ON CONFLICT (name) DO UPDATE "
            "SET next_number = reference_numberseries.next_number + 1 "
            "RETURNING prefix, digits, next_number - 1",
            [series, PREFIXES[series], DIGITS],
        )
        return formatted(*cursor.fetchone())


def pass_numbers(series: str, numbers: Iterable[str]) -> None:
    """Numbers that came with a sheet are not given again: the series goes on above the highest of
    those that look like its own."""
    row = series_of(series)
    rests = [each.removeprefix(row.prefix) for each in numbers if each.startswith(row.prefix)]
    highest = max((int(each) for each in rests if _COUNTED.fullmatch(each)), default=0)
    if highest >= row.next_number:
        row.next_number = highest + 1
        row.save()


def formatted(prefix: str, digits: int, number: int) -> str:
    return f"{prefix}{number:0{digits}d}"[:LONGEST]


def series_of(name: str) -> NumberSeries:
    """The series, ours until the transaction ends if there is one; as it begins where nothing was
    counted yet."""
    rows = NumberSeries.objects.filter(name=name)
    if connection.in_atomic_block:
        rows = rows.select_for_update()
    return rows.first() or NumberSeries(name=name, prefix=PREFIXES[name], digits=DIGITS)


def series_set(
    *, actor: Any, name: str, prefix: str, digits: int, next_number: int
) -> ChangeSet | None:
    """How the next numbers look, and where they go on. Raises Refused for one that may have been
    given already. Numbers that were given stay as they are."""
    with change_set(actor=actor, door=Door.SETTINGS, note=name) as changes:
        hold("numbers")
        row = series_of(name)
        if prefix == row.prefix and next_number < row.next_number:
            message = _("Numbers below %(next)d may have been given already.")
            raise Refused(message % {"next": row.next_number}, code="given-already")
        values = {"prefix": prefix or None, "digits": digits, "next_number": next_number}
        values |= {} if row.pk else {"name": name}
        changes.save(registry.get("number_series"), Checked(values, id=row.pk))
    return changes.record if changes.changed_anything else None
