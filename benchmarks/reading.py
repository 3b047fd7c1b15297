"""How fast the reading child turns a file into rows, and how much memory it takes for that."""

import csv
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from kith.transfer.reading.workbook import convert, inspect

HEADINGS = [
    *("Title", "First Name", "Last Name", "Company", "Designation", "Email", "Mobile", "Phone"),
    *("Address 1", "Address 2", "Area", "City", "PIN", "State", "Country", "Website", "Birthday"),
    *("Credit limit", "Remarks", "Active"),
]


def measure_reading(folder: Path, rows: int = 100_000) -> list[dict[str, Any]]:
    results = []
    for path in (write_csv(folder / "bench.csv", rows), write_xlsx(folder / "bench.xlsx", rows)):
        began = time.perf_counter()
        sheet = inspect(path, filename=path.name).best_sheet
        looked = time.perf_counter()
        to = folder / "bench.rows"
        done = convert(path, sheet=sheet.name, heading_row=1, to=to)
        read = time.perf_counter()
        peak = done.peak_memory / (1 << 20)
        kind = path.suffix
        results += [
            result(f"inspect {kind}", rows, (looked - began) * 1000, "ms"),
            result(f"read {kind}", rows, rows / (read - looked), "rows/s"),
            result(f"reading child's peak, {kind}", rows, peak, "MB"),
        ]
    return results


def result(name: str, rows: int, value: float, unit: str) -> dict[str, Any]:
    rounded = round(value, 1)
    return {
        "name": name,
        "database": "none",
        "contacts": rows,
        "median": rounded,
        "p95": rounded,
        "unit": unit,
        "ratio_to_floor": None,
    }


def people(rows: int) -> Iterator[list[object]]:
    for n in range(1, rows + 1):
        company = n % 10_000
        yield [
            *("Mr", f"Møller{n % 997}", f"Family{n}", f"Company {company} Ltd", "Manager"),
            *(f"p{n}@example.com", 9_000_000_000 + n, f"+91 20 {n:07d}", f"{n} High Street"),
            *("Block B", f"Area {n % 500}", "Pune", 411_000 + n % 900, "Maharashtra", "India"),
            *(f"www.company{company}.example.com", 25_000 + n % 15_000, n * 1.37),
            *(f"Remark number {n}, with some words", "Yes"),
        ]


def write_csv(path: Path, rows: int) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        writer.writerows(people(rows))
    return path


def write_xlsx(path: Path, rows: int) -> Path:
    """With a table of shared texts, as spreadsheet programs save it: the costlier form to read."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Contacts")
        sheet.write_row(0, 0, HEADINGS)
        for number, row in enumerate(people(rows), start=1):
            sheet.write_row(number, 0, row)
    return path
