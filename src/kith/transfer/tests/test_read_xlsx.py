"""What the cells of an .xlsx become, whichever of the two ways reads them."""

import datetime as dt
import re
from pathlib import Path

import pytest
import xlsxwriter

from kith.transfer.reading.workbook import Limits, UnreadableFile, convert, inspect, read_rows

from .made_files import HEAD, inspected_and_converted, raw_xlsx, read, sheet_xml, target, xlsx

DAY = dt.date(2026, 11, 22)
HALF_PAST = dt.datetime(2026, 11, 22, 8, 30)  # noqa: DTZ001  # Sheets know no time zones.


def test_values_come_as_the_sheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "values.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        clock = book.add_format({"num_format": "hh:mm"})
        code = book.add_format({"num_format": "000000"})
        sheet.write_row(0, 0, ["A", "B", "C", "D", "E", "F", "G", "H", "I"])
        sheet.write_number(1, 0, 6710)
        sheet.write_number(1, 1, 9.327058088e9)
        sheet.write_number(1, 2, 0.1 + 0.2)
        sheet.write_boolean(1, 3, boolean=True)
        sheet.write_datetime(1, 4, DAY, day)
        sheet.write_datetime(1, 5, HALF_PAST, moment)
        sheet.write_number(1, 6, 0.3541666667, clock)
        sheet.write_number(1, 7, 4711, code)
        sheet.write_formula(1, 8, "=1/0", None, "#DIV/0!")
    assert read(path) == [
        (
            2,
            [6710, 9327058088, 0.3, True, DAY, HALF_PAST, "08:30:00", "004711", "#DIV/0!"],
        )
    ]


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_both_ways_read_the_same(tmp_path: Path, prefix: str) -> None:
    """A prefix on every name sends the whole sheet the exact way."""
    rich = "<is><r><t>Ri</t></r><r><t>ch</t></r><rPh><t>no</t></rPh></is>"
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c>'
        '<c r="C1" t="str"><f>A1</f><v>a &amp; b</v></c></row>'
        '<row r="2"/><row r="4" spans="1:3"><c r="B4" s="1"/><c r="C4"><v>1.5E3</v></c></row>'
        '<row r="5"><c r="A5" t="b"><v>0</v></c><c r="B5" t="e"><v>#N/A</v></c>'
        f'<c r="C5" t="inlineStr">{rich}</c></row>'
    )
    sheet = sheet_xml(rows)
    if prefix:
        sheet = re.sub(r"<(/?)(\w)", rf"<\1{prefix}\2", sheet).replace("xmlns=", "xmlns:x=")
    path = raw_xlsx(tmp_path / "ways.xlsx", sheet, texts="<si><t>Name</t></si>")
    assert read(path, heading_row=None) == [
        (1, ["Name", None, "a & b"]),
        (4, [None, None, 1500]),
        (5, [False, "#N/A", "Rich"]),
    ]


def test_rows_and_cells_may_leave_their_numbers_out(tmp_path: Path) -> None:
    cell = '<c t="inlineStr"><is><t>{}</t></is></c>'.format
    rows = f"<row>{cell('Name')}{cell('City')}</row><row>{cell('Asha')}<c/>{cell('x')}</row>"
    path = raw_xlsx(tmp_path / "bare.xlsx", sheet_xml(rows))
    assert read(path) == [(2, ["Asha", None, "x"])]


def test_no_two_rows_have_one_number(tmp_path: Path) -> None:
    cell = '<c t="inlineStr"><is><t>x</t></is></c>'
    rows = HEAD + "".join(f'<row r="{n}">{cell}</row>' for n in (5, 5, 3, 9))
    path = raw_xlsx(tmp_path / "twice.xlsx", sheet_xml(rows))
    assert [number for number, _ in read(path)] == [5, 6, 7, 9]
    far = raw_xlsx(tmp_path / "far.xlsx", sheet_xml(HEAD + f'<row r="{10**20}">{cell}</row>'))
    with pytest.raises(UnreadableFile):
        inspect(far, filename="far.xlsx")


def test_dates_may_be_written_out(tmp_path: Path) -> None:
    cells = "".join(
        f'<c t="d"><v>{value}</v></c>'
        for value in ("2026-11-22", "2026-11-22T08:30:00.000Z", "2026-11-22T00:00:00", "soon")
    )
    path = raw_xlsx(tmp_path / "iso.xlsx", sheet_xml(f'{HEAD}<row r="2">{cells}</row>'))
    assert read(path)[0][1] == [DAY, HALF_PAST, DAY, "soon"]


def test_the_older_calendar_is_known(tmp_path: Path) -> None:
    path = tmp_path / "mac.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Day", "Name"])
        day = book.add_format({"num_format": "d mmm yyyy"})
        sheet.write_datetime(1, 0, dt.date(1999, 12, 31), day)
    assert read(path)[0][1][0] == dt.date(1999, 12, 31)


def test_escapes_and_control_characters_do_not_reach_the_rows(tmp_path: Path) -> None:
    rows = HEAD + (
        '<row r="2"><c r="A2" t="inlineStr"><is><t>a_x000D_\nb_x0000__xD800_c\td</t></is></c></row>'
    )
    path = raw_xlsx(tmp_path / "control.xlsx", sheet_xml(rows))
    assert read(path) == [(2, ["a\nbc\td"])]


def test_scrambled_text_is_mended_only_when_sure(tmp_path: Path) -> None:
    rows = [["Name", "City"], ["Kåre Møller", "SÃO PAULO"], ["KÃ¥re MÃ¸ller", "Ærø Ã"]]
    assert [cells for _, cells in read(xlsx(tmp_path / "odd.xlsx", rows))] == [
        ["Kåre Møller", "SÃO PAULO"],
        ["Kåre Møller", "Ærø Ã"],
    ]


def test_merged_cells_have_their_value_in_the_first(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "City", "Code"])
        sheet.merge_range("A2:B3", "Asha")
        sheet.write("C3", 5)
    assert read(path) == [(2, ["Asha", None, None]), (3, [None, None, 5])]


def test_hidden_sheets_are_listed_and_not_chosen(tmp_path: Path) -> None:
    path = tmp_path / "sheets.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, width in (("Lists", 6), ("Notes", 1), ("People", 4), ("Chart", 0)):
            if not width:
                book.add_chartsheet(name)
                continue
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [f"Heading {n}" for n in "abcdef"[:width]])
            sheet.write_row(1, 0, range(width))
            if name == "Lists":
                sheet.very_hidden()
        book.get_worksheet_by_name("Notes").activate()
    found = inspect(path, filename="sheets.xlsx")
    assert [(s.name, s.hidden) for s in found.sheets] == [
        ("Lists", True),
        ("Notes", False),
        ("People", False),
    ]
    assert found.best_sheet.name == "People"


def test_headings_are_found_below_a_title(tmp_path: Path) -> None:
    rows = [
        ["Our contacts"],
        ["as of", 2026],
        [],
        ["Name", "E-mail", "Phone", "Phone", None, "Note"],
    ]
    rows.append(["Asha", "asha@example.com", 9327058088, None, "?"])
    path = xlsx(tmp_path / "title.xlsx", rows)
    found, done = inspected_and_converted(path, heading_row=4)
    assert found.best_sheet.heading_row == 4
    assert done.headings == ["Name", "E-mail", "Phone", "Phone (2)", "Column E", "Note"]
    assert list(read_rows(target(path))) == [
        (5, ["Asha", "asha@example.com", 9327058088, None, "?", None])
    ]


def test_headings_only_is_no_error(tmp_path: Path) -> None:
    _, done = inspected_and_converted(xlsx(tmp_path / "head.xlsx", [["Name", "City"]]))
    assert (done.rows, done.headings) == (0, ["Name", "City"])


def test_rows_longer_than_the_headings_are_kept(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "ragged.xlsx", [["Name", "City"], ["a", "b", "c"], ["d"]])
    _, done = inspected_and_converted(path)
    assert (done.columns, done.headings) == (3, ["Name", "City", "Column C"])
    assert [cells for _, cells in read_rows(target(path))] == [["a", "b", "c"], ["d", None]]


def test_a_job_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "long.xlsx", [["N"], *([n] for n in range(10))])
    inspected_and_converted(path)
    rows = read_rows(target(path))
    first = [next(rows) for _ in range(4)]
    assert first + list(read_rows(target(path), after=rows.offset)) == list(read_rows(target(path)))


def test_too_many_columns_are_named(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "wide.xlsx", [[f"Heading {n}" for n in range(300)]])
    with pytest.raises(UnreadableFile, match=r"Row 1 reaches to column IW") as refused:
        inspect(path, filename="wide.xlsx")
    assert refused.value.code == "too-many-columns"


def test_an_empty_workbook_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as refused:
        inspect(xlsx(tmp_path / "empty.xlsx", []), filename="empty.xlsx")
    assert refused.value.code == "empty"


def test_a_sheet_full_of_nothing_is_read_within_the_limits(tmp_path: Path) -> None:
    """To Excel's last row, as one looks that somebody has given a format down to its end."""
    nothing = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 500_000))
    nothing += "".join(f'<row r="{n}"/>' for n in range(500_000, 1_048_577))
    path = raw_xlsx(tmp_path / "nothing.xlsx", sheet_xml(HEAD + nothing))
    found, done = inspected_and_converted(path)
    assert found.best_sheet.sample == [(1, ["Name"])]
    assert done.rows == 0


def test_a_refused_conversion_leaves_nothing_behind(tmp_path: Path) -> None:
    path = raw_xlsx(tmp_path / "cut.xlsx", sheet_xml(HEAD)[:-40])
    with pytest.raises(UnreadableFile):
        convert(path, sheet=0, heading_row=1, to=tmp_path / "out.rows")
    assert [file.name for file in tmp_path.iterdir()] == ["cut.xlsx"]


def test_a_sheet_may_have_so_many_cells_and_no_more(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "cells.xlsx", [["Name", "City"], ["a", "b"], ["c", "d"]])
    with pytest.raises(UnreadableFile, match="more than 3 cells") as refused:
        convert(
            path,
            sheet="Contacts",
            heading_row=1,
            to=tmp_path / "out.rows",
            limits=Limits(cells=3),
        )
    assert refused.value.code == "too-large"


def test_progress_is_told_and_can_stop_the_conversion(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 200_000))
    path = raw_xlsx(tmp_path / "long.xlsx", sheet_xml(rows))

    def stop(done: int) -> None:
        raise InterruptedError(done)

    with pytest.raises(InterruptedError):
        convert(
            path,
            sheet=0,
            heading_row=1,
            to=tmp_path / "out.rows",
            on_progress=stop,
        )
    assert [file.name for file in tmp_path.iterdir()] == ["long.xlsx"]


def test_an_unknown_sheet_is_named(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("One", "Two"):
            book.add_worksheet(name).write(0, 0, "Name")
    with pytest.raises(UnreadableFile, match="Three"):
        convert(path, sheet="Three", heading_row=1, to=tmp_path / "out.rows")
