"""The next number of a series. No number is ever given twice, nor given back."""

from django.db import connection

from kith.core.errors import NotFound

CUSTOMER, VENDOR = "customer", "vendor"
LONGEST = 30


def take_number(series: str) -> str:
    """The next one, in its format. Whoever else asks waits until this transaction ends.

    Raises NotFound for a series that there is not.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reference_numberseries SET next_number = next_number + 1 WHERE name = %s "
            "RETURNING prefix, digits, next_number - 1",
            [series],
        )
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    return formatted(*row)


def formatted(prefix: str, digits: int, number: int) -> str:
    return f"{prefix}{number:0{digits}d}"[:LONGEST]
