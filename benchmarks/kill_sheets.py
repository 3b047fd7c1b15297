"""The sheet of the stress test: duplicates, companies by name, options and cities made on the
way."""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random
from string import ascii_uppercase

HEADINGS = (
    "Name",
    "Email",
    "Mobile",
    "Company",
    "Relation To",
    "Designation",
    "City",
    "State",
    "Country",
    "Pin Code",
    "Tags",
    "PAN",
    "Industry",
    "Divisions",
    "Club number",
    "Shirt colours",
    "Alias",
    "Account number",
)
DIVISIONS = ("Office", "Clinic", "Build")


def rows(count: int, seed: int, first: int = 0) -> Iterator[list[str]]:
    """Every seventh row repeats the e-mail of an earlier one and says something new of it."""
    chance = Random(seed)
    for number in range(first, first + count):
        again = number % 7 == 3 and number > first + 20
        same = chance.randrange(first, number - 10) if again else number
        same -= same % 7 == 3
        country, state, code = ("India", "Gujarat", f"38{number % 9999:04d}")
        if number % 11 == 0:
            country, state, code = "Germany", "", f"{10000 + number % 80000}"
        yield [
            f"Person {same:06d}",
            f"p{same}@example.com",
            f"+9198{10_000_000 + same:08d}" if same % 5 else "",
            f"Firm {chance.randrange(max(5, count // 10))}" if number % 3 else "",
            f"Person {max(first, number - 5):06d}" if number % 40 == 20 else "",
            f"Post {number % 37}",
            f"Town {number // 50}" if number % 2 else "Ahmedabad",
            state,
            country,
            code,
            ", ".join(f"Tag {chance.randrange(60)}" for _ in range(number % 3)),
            pan(number) if number % 4 == 0 and not again else "",
            f"Trade {number // 90}",
            DIVISIONS[number % 5] if number % 5 < 3 else "",
            f"Club {number}" if not again else "",
            ("Red", "Blue", "Red, Blue")[number % 3],
            f"Nick {number}" if number % 6 == 0 else "",
            f"{10_000_000 + number}" if number % 9 == 0 else "",
        ]


def pan(number: int) -> str:
    letters = "".join(ascii_uppercase[number // 26**at % 26] for at in (0, 1, 2))
    return f"{letters}P{ascii_uppercase[number % 26]}{number % 10_000:04d}A"


def write(path: Path, count: int, seed: int, first: int = 0) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(rows(count, seed, first))
