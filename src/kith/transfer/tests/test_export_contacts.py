"""Export: all that somebody may see, harmless to spreadsheets, and readable by the import."""

import csv
import zipfile

import openpyxl
import pytest

from kith.cli.main import main
from kith.contacts.models import Contact
from kith.core.record_types import registry
from kith.records.tables import load_states
from kith.transfer.exporting import TABLES
from kith.transfer.reading.workbook import convert, read_rows
from kith.transfer.services.exports import export_now, export_of
from kith.transfer.sheets import Book
from kith.transfer.writing import cutting, packaged
from kith.transfer.writing.delimited import CsvFile
from kith.transfer.writing.ods import OdsFile
from kith.transfer.writing.xlsx import XlsxFile

HEADINGS = ("Name", "Company", "Category", "Email", "Phone", "Phone 2", "City", "State", "Country",
            "Date Of Birth", "Remarks", "Alias", "Annual revenue", "Visible To")  # fmt: skip
ROW = ("Anjali Shah", "Horus Ltd", 'Insurance,"Funds, mutual"', "a@example.com", "9327058088",
       "+447400123456", "Pune", "Maharashtra", "India", "1980-09-25", "=2+5", "Anj, Shahji",
       "900000.5", "")  # fmt: skip


def read(path) -> list[list]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))
    return [list(row) for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True)]


def state_of(name: str) -> dict:
    contact = registry.get("contact")
    pk = Contact.objects.get(name=name).pk
    state = load_states(contact, [pk], [f for f in contact.fields if not f.system])[pk]
    reach = {"mobile", "email", "website"}
    return {
        name: [entry["value"] for entry in value] if name in reach else value
        for name, value in state.items()
    }


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "ods"])
def test_what_is_exported_imports_back_the_same(kith, sheet, tmp_path, file_format) -> None:
    kith("import", sheet(HEADINGS, ROW, name="in.xlsx"))
    before = state_of("Anjali Shah")
    path = tmp_path / f"out.{file_format}"
    assert main(["export", "--format", file_format, str(path)]) == 0
    Contact.objects.filter(name="Anjali Shah").update(name="Former")
    report = kith("import", path, "--duplicates", "create")
    assert report["invalid"] == 0
    assert state_of("Anjali Shah") == before


def test_no_cell_runs(tmp_path) -> None:
    path = tmp_path / "out.csv"
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "fine", -1, "'ok"]
    with CsvFile(path, "Contacts", ["Name"]) as table:
        table.row(nasty)
    assert read(path)[1] == [*(f"'{cell}" for cell in nasty[:6]), "fine", "-1", "'ok"]


def test_a_formula_is_text_in_a_workbook(kith, sheet, tmp_path) -> None:
    kith("import", sheet(HEADINGS, ROW))
    path = tmp_path / "out.xlsx"
    main(["export", "--format", "xlsx", str(path)])
    book = openpyxl.load_workbook(path)
    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value == "=2+5"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_only_what_somebody_may_see_leaves(kith, sheet, tmp_path, manager, agent) -> None:
    kith("import", sheet(HEADINGS, ROW, ("Hidden", *[""] * 12, "Only me")))
    path = tmp_path / "out.csv"
    assert main(["export", str(path), "--as", manager.email]) == 0
    assert sorted(row[3] for row in read(path)[1:]) == ["Anjali Shah", "Horus Ltd"]
    assert main(["export", str(tmp_path / "no.csv"), "--as", agent.email]) == 1
    assert not (tmp_path / "no.csv").exists()


def test_chosen_records_and_columns_in_the_order_asked(kith, sheet, tmp_path, manager) -> None:
    kith("import", sheet(("Name",), ("A",), ("B",), ("C",)))
    ids = list(Contact.objects.order_by("-name").values_list("pk", flat=True))
    export = export_of(
        actor=manager,
        record_type=registry.get("contact"),
        file_format="csv",
        fields=["name", "code"],
    )
    to = tmp_path / "out.csv"
    assert export_now(export=export, actor=manager, to=to, ids=[*ids[:2], 999_999]) == 2
    assert [row[0] for row in read(tmp_path / "out.csv")] == ["Name", "C", "B"]


ODD = ["  two  spaces ", "tab\tand\nline\n\nend", "_x000D_ <&>\"'", "=1+1", "0047", "Đặng 北京 😀"]


@pytest.mark.parametrize(("make", "ending"), [(XlsxFile, "xlsx"), (OdsFile, "ods")])
def test_more_rows_than_a_sheet_holds_go_on_in_another(tmp_path, monkeypatch, make, ending) -> None:
    monkeypatch.setattr(packaged, "MOST_ROWS", 3)
    path = tmp_path / f"long.{ending}"
    with make(path, "Contacts", ["Name", "Nothing", "Number", *ODD]) as table:
        for number in range(5):
            table.row([f"Row {number}", None, 10**15 * number + 7, *ODD])
    found = {}
    for sheet in ("Contacts", "Contacts 2", "Contacts 3"):
        to = tmp_path / f"{sheet}.jsonl"
        convert(path, sheet=sheet, heading_row=1, to=to)
        found[sheet] = [cells for _number, cells in read_rows(to)]
    rows = [[row[0], row[2]] for sheet in found.values() for row in sheet]
    assert rows == [["Row 0", 7], *([f"Row {at}", f"{at}{7:015}"] for at in range(1, 5))]
    assert [len(sheet) for sheet in found.values()] == [2, 2, 1]
    assert [each.strip() for each in ODD] == [
        str(cell).strip() for cell in found["Contacts"][0][3:]
    ]


def test_what_an_xlsx_cell_can_not_hold_is_cut_and_told(tmp_path, monkeypatch) -> None:
    """Only there: the others hold it whole."""
    monkeypatch.setattr(cutting, "LISTED", 1)
    long = "x" * (cutting.LONGEST + 3)
    files = {ending: tmp_path / f"long.{ending}" for ending in TABLES}
    for ending, path in files.items():
        with TABLES[ending](path, "Contacts", ["Name", "Remarks"]) as table:
            table.row(["Anjali", long])
            table.row([long, "short"])
    book = openpyxl.load_workbook(files["xlsx"])
    told = [row for sheet in book.worksheets[1:] for row in sheet.iter_rows(values_only=True)]
    assert len(book["Contacts"]["B2"].value) == cutting.LONGEST
    assert told[1:] == [
        ("Contacts", "B2", "Remarks", len(long)),
        ("… and more: 2 in all", None, None, None),
    ]
    assert long in files["csv"].read_text()
    assert long in zipfile.ZipFile(files["ods"]).read("content.xml").decode()
    result = tmp_path / "result.xlsx"
    with Book(result) as made:
        made.sheet("Imported", ["Name", "Remarks"]).row(["Anjali", long])
    told = [*openpyxl.load_workbook(result)["Cut texts"].values]
    assert told[1][:3] == ("Imported", "B2", "Remarks")
