"""Rows are checked while they are still being read; whatever the reader does, none is lost."""

import time
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from kith.core.errors import Refused
from kith.transfer.arriving import Arriving, Restarted

Write = Callable[..., None]


def line(number: int, text: str) -> bytes:
    return orjson.dumps([number, [text]]) + b"\n"


def converting(*attempts: list[bytes], error: Exception | None = None) -> Write:
    """A reader that writes pieces one by one, begins anew for each attempt, and may fail."""

    def convert(*, to: Path, on_progress: Callable[[int], None]) -> str:
        part = to.with_name(f"{to.name}.part")
        for pieces in attempts:
            with part.open("wb", buffering=0) as file:
                for piece in pieces:
                    file.write(piece)
                    time.sleep(0.02)
                    on_progress(1)
        if error:
            raise error
        part.replace(to)
        return "converted"

    return convert


HEAD = line(1, "Name")


def test_every_row_comes_as_it_is_written_and_in_pieces(tmp_path: Path) -> None:
    whole = HEAD + line(2, "Anjali") + line(3, "Rohan")
    pieces = [whole[at : at + 7] for at in range(0, len(whole), 7)]
    arriving = Arriving(converting(pieces), tmp_path / "rows")
    assert [(row.number, row.cells) for row in arriving] == [(2, ["Anjali"]), (3, ["Rohan"])]
    assert arriving.converted == "converted"
    places = [row.place for row in Arriving(converting(pieces), tmp_path / "again")]
    assert places == [len(HEAD), len(HEAD + line(2, "Anjali"))]


@pytest.mark.parametrize("second", [line(2, "Meera"), line(2, "A much longer name")])
def test_a_reader_that_begins_anew_is_noticed(tmp_path: Path, second: bytes) -> None:
    attempts = [HEAD, line(2, "Anjali"), line(3, "Rohan")], [HEAD, second, line(3, "Rohan")]
    with pytest.raises(Restarted):
        list(Arriving(converting(*attempts), tmp_path / "rows"))


def test_a_reader_that_fails_says_why(tmp_path: Path) -> None:
    failing = converting([HEAD, line(2, "Anjali")], error=Refused("damaged"))
    with pytest.raises(Refused, match="damaged"):
        list(Arriving(failing, tmp_path / "rows"))


def test_who_stops_listening_stops_the_reader(tmp_path: Path) -> None:
    endless = converting([HEAD, *(line(number, "x") for number in range(2, 3000))])
    rows = iter(Arriving(endless, tmp_path / "rows"))
    assert next(rows).number == 2
    began = time.monotonic()
    rows.close()
    assert time.monotonic() - began < 30
    assert not (tmp_path / "rows").exists()
