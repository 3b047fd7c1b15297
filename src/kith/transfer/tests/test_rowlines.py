"""The lines between checking and writing say again what was said to them."""

from pathlib import Path

import orjson

from kith.contacts.record import CONTACT
from kith.core.record_types import MatchKey
from kith.transfer.rowlines import Line, line_of, lines_of, read_later

KEYS = [("email", MatchKey("ada@horus.in", "email", "ada@horus.in"))]


def test_a_line_holds_what_the_row_said_and_what_it_foretells(tmp_path: Path) -> None:
    values = {"name": "Ada\tL.\n", "company": "Horus", "given_name": "Ada"}
    lines = lines_of(7, KEYS, ["given_name"], values, CONTACT)
    line = line_of(lines.checked, end=99)
    assert (line.end, line.number, line.target, line.told) == (99, 7, 0, {"companies": ["Horus"]})
    assert line.match_keys == KEYS
    assert line.values == {"name": "Ada\tL.\n", "given_name": "Ada"}
    assert line.given == {"name": "Ada\tL.\n"}
    (tmp_path / "later").write_bytes(lines.later)
    assert [each.values for each in read_later(tmp_path / "later", 0)] == [{"company": "Horus"}]


def test_a_line_without_later_values_foretells_nothing() -> None:
    line = line_of(lines_of(7, (), [], {"name": "Ada"}, CONTACT).checked)
    assert (line.told, line.values) == (None, {"name": "Ada"})


def test_a_line_from_before_an_update_is_read_as_well() -> None:
    told = {"companies": ["Horus"]}
    for more in ([], [0, told]):
        line = line_of(orjson.dumps([7, [], ["kind"], {"name": "Ada"}, *more]) + b"\n")
        assert line == Line(0, 7, [], ["kind"], {"name": "Ada"}, *more)
