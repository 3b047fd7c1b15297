"""What commands print: JSON for programs, a progress bar for people."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import Any, Self

import orjson

WIDTH = 30
SECONDS_BETWEEN = 0.1


def print_json(head: dict[str, Any], name: str, items: Iterable[Any]) -> None:
    """One JSON object with a list at its end, written as it comes: the list may be long."""
    out = sys.stdout
    out.write(orjson.dumps(head).decode()[:-1] + f',"{name}":[')
    for number, item in enumerate(items):
        out.write(("," if number else "") + orjson.dumps(item).decode())
    out.write("]}\n")
    out.flush()


class Bar:
    """A bar on a terminal; silence elsewhere. Called with (done, total or None)."""

    def __init__(self, title: str, *, quiet: bool = False) -> None:
        self.title = title
        self.shown = not quiet and sys.stderr.isatty()
        self.began = self.drawn = monotonic()

    def __call__(self, done: int, total: int | None) -> None:
        if not self.shown or (monotonic() - self.drawn < SECONDS_BETWEEN and done != total):
            return
        self.drawn = monotonic()
        rate = done / max(0.001, monotonic() - self.began)
        filled = WIDTH * done // total if total else 0
        of = f"/{total:,}" if total else ""
        bar = "#" * min(WIDTH, filled) + "." * max(0, WIDTH - filled)
        sys.stderr.write(f"\r{self.title:<10} [{bar}] {done:,}{of} rows, {rate:,.0f}/s ")
        sys.stderr.flush()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.shown:
            sys.stderr.write("\n")


def table(headings: list[str], rows: list[list[str]]) -> Iterator[str]:
    """Lines of text columns as wide as their longest cell, 40 at most."""
    cells = [[cell[:40] for cell in row] for row in [headings, *rows]]
    widths = [max(len(row[at]) for row in cells) for at in range(len(headings))]
    for row in cells:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
