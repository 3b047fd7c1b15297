"""Which row holds the headings, and which sheet the contacts: guesses, which people may change."""

import re

from .numbers import Cell
from .tables import Row, column_letters

# A heading is a few words; data has addresses, numbers and dates.
DATA = re.compile(r"@|https?://|^[\d\s.,:/+()\-]+$")
LONGEST = 60


def heading_row(sample: list[Row]) -> int | None:
    """Returns the number of the row that looks most like headings, above what looks like data."""
    if not sample:
        return None
    width = max(filled(cells) for _, cells in sample)
    best, best_score = sample[0][0], 0.0
    for place, (number, cells) in enumerate(sample):
        score = likeness(cells, width) - place * 0.05
        if score > best_score:
            best, best_score = number, score
    return best


def likeness(cells: list[Cell], width: int) -> float:
    """From 0 to 1: as wide as the table, all short words, no two the same."""
    words = [cell for cell in cells if cell is not None]
    if not words or len(words) * 2 < width:
        return 0.0
    short = [word for word in words if is_heading(word)]
    different = len({str(word).casefold() for word in short})
    return (different / len(words)) ** 2 * min(1.0, 0.5 + len(words) / width / 2)


def is_heading(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= LONGEST and not DATA.search(cell)


def filled(cells: list[Cell]) -> int:
    return sum(cell is not None for cell in cells)


def sheet_score(sample: list[Row], heading: int | None) -> float:
    """Sheets with a wide, clear heading and something below it come first."""
    below = [cells for number, cells in sample if heading is not None and number > heading]
    cells = next((cells for number, cells in sample if number == heading), [])
    names = sum(is_heading(cell) for cell in cells)
    return names * (1.0 if below else 0.1)


def unique_headings(cells: list[Cell], width: int) -> list[str]:
    """Names for all columns: 'Column C' for one without, 'Phone (2)' for the second of its name."""
    names: list[str] = []
    taken: set[str] = set()
    for index in range(max(width, len(cells))):
        text = shown(cells[index]) if index < len(cells) else ""
        name = base = " ".join(text.split()) or f"Column {column_letters(index + 1)}"
        count = 1
        while name.casefold() in taken:
            count += 1
            name = f"{base} ({count})"
        taken.add(name.casefold())
        names.append(name)
    return names


def shown(cell: Cell) -> str:
    if isinstance(cell, dict):
        return cell["d"]
    return "" if cell is None else str(cell)
