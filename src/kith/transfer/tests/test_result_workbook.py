"""The result workbook and the template, as a person opens them."""

import openpyxl

from kith.core.record_types import registry
from kith.transfer.models import Import
from kith.transfer.results import write_result
from kith.transfer.template import write_template

HEADINGS = ("Name", "Email", "Shoe size")
ROWS = [("Anjali Shah", "a@example.com", 38), ("Rohan", "nobody@", 43), ("=1+1", "a@example.com")]


def sheets(path) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(path)
    return {page.title: list(page.iter_rows(values_only=True)) for page in book}


def test_the_result_has_codes_and_reasons(kith, sheet) -> None:
    report = kith("import", sheet(HEADINGS, *ROWS))
    found = sheets(write_result(importing=Import.objects.get()))
    code = report["rows"][0]["code"]
    assert found["Imported"] == [
        ("Row", "Code", "Outcome", "Name", "Warnings", "Name", "Email", "Shoe size"),
        (2, code, "created", "Anjali Shah", None, "Anjali Shah", "a@example.com", "38"),
    ]
    head, invalid, duplicate = found["Not imported"]
    assert head[:3] == HEADINGS
    assert invalid[:6] == ("Rohan", "nobody@", "43", 3, "invalid", "email-invalid")
    assert duplicate[0] == "=1+1"
    assert (duplicate[3], duplicate[5]) == (4, "duplicate")


def test_what_was_not_imported_can_be_corrected_and_imported(kith, sheet, tmp_path) -> None:
    kith("import", sheet(HEADINGS, *ROWS))
    path = write_result(importing=Import.objects.get())
    report = kith("import", path, "--dry-run")
    assert report["mapping"]["Name"] == "name"
    assert (report["total"], report["invalid"], report["duplicates"]) == (2, 1, 1)


def test_the_template_imports_without_its_example(kith, tmp_path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(record_type=registry.get("contact"), to=path)
    book = openpyxl.load_workbook(path)
    page = book["Contacts"]
    red = [cell.value for cell in page[1] if cell.font.color and cell.font.color.rgb == "FFC00000"]
    assert red == ["Name"]
    assert "Customer" in str(sheets(path)["Permitted values"])
    report = kith("import", path, "--dry-run")
    assert (report["total"], report["valid"], report["invalid"]) == (1, 0, 1)
    (error,) = report["rows"][0]["errors"]
    assert (error["code"], error["column"]) == ("example", "Name")
    assert "" not in report["mapping"].values()
    headings = [cell.value for cell in page[1]]
    page.append([cell.value for cell in page[2]])
    page.cell(3, headings.index("Name") + 1, "Somebody")
    page.cell(2, headings.index("Office phone") + 1, 7926862513)
    book.save(path)
    report = kith("import", path)
    assert (report["total"], report["created"], report["invalid"]) == (2, 1, 1), report
