"""The next number of a series. No number is ever given twice, nor given back."""

from django.db import connection

CUSTOMER, VENDOR = "customer", "vendor"
PREFIXES = {CUSTOMER: "CUST-", VENDOR: "VEND-"}
"""What a series begins with, until an administrator says otherwise."""
DIGITS = 5
LONGEST = 30


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


def formatted(prefix: str, digits: int, number: int) -> str:
    return f"{prefix}{number:0{digits}d}"[:LONGEST]
