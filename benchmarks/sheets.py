"""Sheets for the benchmarks: believable contacts, all different, the same on every run."""

import csv
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import xlsxwriter

Rows = Callable[[int], Iterator[Sequence[str]]]
HEADINGS = (
    "Title",
    "Name",
    "Type Of Contact",
    "Email Address",
    "Mobile Number",
    "Office Phone",
    "Type Of Address",
    "Address 1",
    "Area",
    "City",
    "District",
    "State",
    "Country",
    "Zip / Pin Code",
    "Industry",
    "Category",
    "Designation",
    "Website",
    "Date Of Birth",
    "Remarks",
)
GIVEN = [
    "Anjali",
    "Rohan",
    "Meera",
    "Vikram",
    "Lisa",
    "Omkar",
    "Jack",
    "Priya",
    "Noah",
    "Sara",
    "Arjun",
    "Kavya",
]
FAMILY = [
    "Smithson",
    "Shah",
    "Iyer",
    "Bhalla",
    "Middleton",
    "Kapur",
    "Seshadri",
    "Pant",
    "Hayre",
    "Gill",
    "Nair",
    "Roy",
]
PLACES = (
    ("Ahmedabad", "GUJARAT", "India", "380015"),
    ("Pune", "MAHARASHTRA", "India", "411001"),
    ("Bengaluru", "KARNATAKA", "India", "560001"),
    ("Leeds", "ENGLAND", "United Kingdom", "LS1 4AP"),
)


def rows(count: int, first: int = 0) -> Iterator[tuple[str, ...]]:
    chance = random.Random(1)
    for number in range(first, first + count):
        city, state, country, code = PLACES[number % 8 // 2 if number % 8 < 6 else 0]
        if number % 50 == 0:
            city, state, country, code = PLACES[3]
        indian = country == "India"
        given, family = chance.choice(GIVEN), chance.choice(FAMILY)
        yield (
            chance.choice(("Mr.", "Ms.", "Dr.")),
            f"{given} {family}{number:06d}",
            chance.choice(("Customer", "Vendor", "Other")),
            f"{given.lower()}.{number}@example{number % 97}.com",
            f"81{20_000_000 + number}" if indian else f"{7_400_300_000 + number}",
            f"079{26_000_000 + number}" if indian else "",
            "Office Address",
            f"{number % 300}, {family} Road",
            chance.choice(("Satellite", "Kothrud", "Centre")),
            city,
            city,
            state,
            country,
            code,
            chance.choice(("Finance", "Textiles", "Software")),
            chance.choice(("Insurance", "Insurance, Mutual Funds")),
            chance.choice(("Manager", "Designer", "Accountant")),
            f"www.example{number}.com",
            f"19{60 + number % 40}-0{1 + number % 9}-1{number % 9}",
            "Met at the fair; prefers e-mail" if number % 3 else "",
        )


def write_sheet(
    path: Path,
    count: int,
    headings: Sequence[str] = HEADINGS,
    of: Rows = rows,
) -> None:
    """As .csv or .xlsx, whichever the path says."""
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(headings)
            writer.writerows(of(count))
        return
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_numbers": False})
    sheet = book.add_worksheet("Contacts")
    sheet.write_row(0, 0, headings)
    for number, row in enumerate(of(count), 1):
        sheet.write_row(number, 0, row)
    book.close()
