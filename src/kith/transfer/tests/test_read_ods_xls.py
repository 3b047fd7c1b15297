"""OpenDocument sheets, and workbooks of old."""

import datetime as dt
from pathlib import Path

from kith.transfer.reading.workbook import inspect

from .made_files import biff4, label, number, ods, read, truth_or_error, xlsb

DAY = dt.date(2026, 11, 22)
HALF_PAST = dt.datetime(2026, 11, 22, 8, 30)  # noqa: DTZ001  # Sheets know no time zones.


def cell(kind: str, attributes: str, shown: str) -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" {attributes}>'
        f"<text:p>{shown}</text:p></table:table-cell>"
    )


def table(name: str, *rows: str, style: str = "") -> str:
    content = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}" table:style-name="{style}">{content}</table:table>'


def words(*names: str) -> str:
    return "".join(cell("string", "", name) for name in names)


def test_ods_values_come_as_the_sheet_shows_them(tmp_path: Path) -> None:
    row = (
        cell("float", 'office:value="6710"', "6710.00")
        + cell("float", 'office:value="4711"', "004711")
        + cell("date", 'office:date-value="2026-11-22"', "22.11.26")
        + cell("date", 'office:date-value="2026-11-22T08:30:00"', "x")
        + cell("boolean", 'office:boolean-value="true"', "TRUE")
        + cell("time", 'office:time-value="PT08H30M00S"', "8:30")
        + cell("string", 'calcext:value-type="error"', "#N/A")
        + cell("string", "", 'a<text:s text:c="2"/>b</text:p><text:p>c<text:tab/>d')
    )
    path = ods(tmp_path / "a.ods", table("People", words(*"ABCDEFGH"), row))
    assert read(path) == [
        (
            2,
            [6710, "004711", DAY, HALF_PAST, True, "08:30:00", "#N/A", "a  b\nc\td"],
        )
    ]


def test_ods_repeats_notes_and_gaps(tmp_path: Path) -> None:
    gap = '<table:table-cell table:number-columns-repeated="2"/>'
    note = words("Asha").replace(
        "<text:p>", "<office:annotation><text:p>no</text:p></office:annotation><text:p>"
    )
    rows = table("People", words("Name", "A", "B", "City"), note + gap + words("Pune"))
    empty = '<table:table-row table:number-rows-repeated="9"><table:table-cell/></table:table-row>'
    twice = (
        '<table:table-row table:number-rows-repeated="2">' + words("Ravi") + "</table:table-row>"
    )
    path = ods(tmp_path / "a.ods", rows.replace("</table:table>", f"{empty}{twice}</table:table>"))
    assert read(path) == [
        (2, ["Asha", None, None, "Pune"]),
        (12, ["Ravi", None, None, None]),
        (13, ["Ravi", None, None, None]),
    ]


def test_ods_hidden_sheets(tmp_path: Path) -> None:
    hidden = '<style:table-properties table:display="false"/>'
    styles = f'<style:style style:name="ta2">{hidden}</style:style>'
    body = table("Lists", words(*"ABCD"), words(*"abcd"), style="ta2")
    body += table("People", words("Name", "City"), words("Asha", "Pune"), style="ta1")
    found = inspect(ods(tmp_path / "a.ods", body, styles=styles), filename="a.ods")
    assert [(sheet.name, sheet.hidden) for sheet in found.sheets] == [
        ("Lists", True),
        ("People", False),
    ]
    assert found.best_sheet.name == "People"


def test_xls_values(tmp_path: Path) -> None:
    path = biff4(
        tmp_path / "old.xls",
        *(label(0, column, name) for column, name in enumerate(["Name", "Phone", "Ok", "Sum"])),
        label(2, 0, "Kåre"),
        number(2, 1, 9.327058088e9),
        truth_or_error(2, 2, 1, error=False),
        truth_or_error(2, 3, 0x2A, error=True),
    )
    assert read(path) == [(3, ["Kåre", 9327058088, True, "#N/A"])]


def test_a_binary_workbook_of_excel(tmp_path: Path) -> None:
    rows = (("Name", "Mobile"), ("Zoë 张伟", "0042"), (), ("B", 9327058088.0),
            ("#REF!", 5.0, "#N/A"), ("C", "#N/A"))  # fmt: skip
    path = xlsb(tmp_path / "a.xlsb", *rows)
    (sheet,) = inspect(path, filename=path.name).sheets
    assert (sheet.name, sheet.heading_row) == ("Contacts", 1)
    assert read(path) == [
        (2, ["Zoë 张伟", "0042"]),
        (4, ["B", 9327058088]),
        (5, ["#REF!", 5, "#N/A"]),
        (6, ["C", "#N/A"]),
    ]
