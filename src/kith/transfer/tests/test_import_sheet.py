"""A sheet through `kith import`: what comes in, what is refused, and what is said about it."""

import pytest

from kith.cli.main import main
from kith.contacts.models import Channel, Contact, Link, Site
from kith.history.models import ChangeSet
from kith.transfer.models import Import

HEADINGS = ("Title", "Name", "Company", "Type Of Contact", "Email Address", "Mobile Number",
            "Mobile Number1", "City", "Country", "PAN Number")  # fmt: skip
ANJALI = ("Ms.", "Anjali Smithson", "Horus Ltd", "customer", "anjali@example.com", "9327058088",
          "9327058089", "Pune", "India", "X")  # fmt: skip
HORUS = ("M/S", "Horus Ltd", "", "VENDOR", "info@example.com", 7400123456, "", "Leeds",
         "United Kingdom", "")  # fmt: skip
SIX = ("total", "created", "updated", "valid", "invalid", "duplicates")


def numbers(report) -> tuple[int, ...]:
    return tuple(report[name] for name in SIX)


@pytest.mark.parametrize("name", ["people.csv", "people.xlsx"])
def test_people_and_companies_come_in_with_all_they_have(kith, sheet, name) -> None:
    report = kith("import", sheet(HEADINGS, ANJALI, HORUS, name=name))
    assert numbers(report) == (2, 2, 0, 2, 0, 0)
    assert [row["row"] for row in report["rows"]] == [2, 3]
    assert report["mapping"]["Mobile Number1"] == "mobile"
    assert report["mapping"]["PAN Number"] == "pan"
    anjali = Contact.objects.get(code=report["rows"][0]["code"])
    assert (anjali.name, anjali.kind, anjali.salutation.name) == (
        "Anjali Smithson",
        "person",
        "Ms.",
    )
    phones = Channel.objects.filter(contact=anjali, kind="mobile").order_by("position")
    assert [phone.value for phone in phones] == ["+919327058088", "+919327058089"]
    company = Contact.objects.get(kind="company")
    assert Channel.objects.get(contact=company, kind="mobile").value == "+447400123456"
    assert Site.objects.get(contact=company).city == "Leeds"


def test_a_company_that_stands_further_down_is_linked_and_not_doubled(kith, sheet) -> None:
    kith("import", sheet(HEADINGS, ANJALI, HORUS))
    link = Link.objects.get()
    assert (link.contact.name, link.other.name) == ("Anjali Smithson", "Horus Ltd")
    assert Contact.objects.count() == 2


def test_a_row_with_a_bad_cell_is_named_and_the_others_come_in(kith, sheet) -> None:
    bad = ("Mr.", "Omkar Pant", "", "Custmer", "nobody@", "9327058070", "call me", "", "Atlantis")
    nameless = ("", "", "", "Customer", "x@example.com")
    report = kith("import", sheet(HEADINGS, bad, ANJALI, nameless))
    assert report["exit"] == 0
    assert numbers(report) == (3, 1, 0, 1, 2, 0)
    told = {error["column"]: error["code"] for error in report["rows"][0]["errors"]}
    assert told == {
        "Type Of Contact": "unknown-option",
        "Email Address": "email-invalid",
        "Mobile Number1": "phone-unreadable",
        "Country": "unknown-country",
    }
    assert report["rows"][0]["errors"][0]["value"] == "Custmer"
    assert [error["column"] for error in report["rows"][2]["errors"]] == ["Name"]


def test_what_a_formula_failed_to_give_is_left_out_and_said(kith, sheet) -> None:
    broken = ("Ms.", "Anjali Smithson", "#N/A", "customer", "#REF!", "9327058088")
    report = kith("import", sheet(HEADINGS, broken, ("", "#NAME?"), name="people.xlsx"))
    assert numbers(report) == (2, 1, 0, 1, 1, 0)
    said = {each["column"]: each["code"] for each in report["rows"][0]["warnings"]}
    assert said["Company"] == said["Email Address"] == "formula-failed"
    assert [each["code"] for each in report["rows"][1]["errors"]] == ["required"]
    assert Contact.objects.get().name == "Anjali Smithson"


def test_columns_are_mapped_by_hand(kith, sheet) -> None:
    path = sheet(("Who", "Notes", "Name"), ("Rohan Shah", "loud", "nobody"))
    report = kith("import", path, "--map", "Who=name", "--map", "notes=")
    assert report["mapping"] == {"Who": "name", "Notes": "", "Name": ""}
    assert Contact.objects.get().name == "Rohan Shah"
    assert Contact.objects.get().remarks == ""


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--map", "Nope=name"], "Nope"),
        (["--map", "Name=nope"], "nope"),
        (["--map", "Name"], "Column=field"),
        (["--match", "shoe-size"], "shoe-size"),
        (["--as", "nobody@example.com"], "nobody@example.com"),
        (["--heading-row", "0"], "from 1"),
    ],
)
def test_wrong_use_is_said_and_changes_nothing(kith, sheet, arguments, word) -> None:
    report = kith("import", sheet(HEADINGS, ANJALI), *arguments)
    assert report["exit"] == 2
    assert word in report["said"]
    assert not Contact.objects.exists()
    assert not Import.objects.exists()
    assert kith("search", "anjali", "--limit", "0")["exit"] == 2


def test_a_file_that_is_no_spreadsheet_fails_with_words(kith, tmp_path) -> None:
    path = tmp_path / "people.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    report = kith("import", path)
    assert (report["exit"], "not a spreadsheet" in report["said"]) == (1, True)
    assert kith("import", tmp_path / "absent.csv")["exit"] == 2


def test_headings_alone_give_nothing_and_no_error(kith, sheet) -> None:
    report = kith("import", sheet(HEADINGS, name="people.xlsx"))
    assert numbers(report) == (0,) * 6
    assert "no rows below its headings" in report["said"], "in the words of the review"


def test_a_dry_run_only_tells(kith, sheet, outcomes) -> None:
    report = kith("import", sheet(HEADINGS, ANJALI), "--dry-run")
    assert outcomes(report) == ["valid"]
    assert numbers(report) == (1, 0, 0, 1, 0, 0)
    assert not Contact.objects.exists()


def test_a_country_for_phones_without_one(kith, sheet) -> None:
    path = sheet(("Name", "Phone"), ("Kari Nordmann", "22 33 44 55"))
    kith("import", path, "--default-country", "no")
    assert Channel.objects.get().value == "+4722334455"


def test_a_relation_that_nobody_answers_to_is_a_warning(kith, sheet) -> None:
    headings = ("Name", "Relation", "Relation To", "Email")
    path = sheet(
        headings,
        ("Meera Iyer", "Spouse", "Jack Iyer", "m@example.com"),
        ("Jack Iyer", "", "", "j@example.com"),
        ("Lisa Gill", "Spouse", "Nobody At All", "l@example.com"),
    )
    report = kith("import", path)
    assert Link.objects.get().other.name == "Jack Iyer"
    warned = [row["row"] for row in report["rows"] if row["warnings"]]
    assert warned == [4]
    assert report["rows"][2]["warnings"][0]["column"] == "Relation To"


def test_who_may_not_import_is_refused(kith, sheet, readonly, agent) -> None:
    path = sheet(HEADINGS, ANJALI)
    assert kith("import", path, "--as", readonly.email)["exit"] == 1
    assert not Contact.objects.exists()
    assert kith("import", path, "--as", agent.email)["exit"] == 0
    assert ChangeSet.objects.get().actor_id == agent.pk
    assert Contact.objects.count() == 2


def test_what_can_come_to_nothing_is_said_once(db, sheet, tmp_path, capsys) -> None:
    path = str(sheet(("Shoe size", "City"), ("42", "Pune"), ("43", "Thane")))
    assert main(["import", path]) == 2
    assert capsys.readouterr().err.count("No column looks like a name.") == 1
    assert main(["import", path, "--heading-row", "9999"]) == 2
    assert "There is no row 9999" in capsys.readouterr().err
    assert main(["import", str(tmp_path)]) == 2
    assert "is a folder" in capsys.readouterr().err
    assert not Import.objects.exists()


def test_people_get_a_table_of_six_numbers(db, sheet, capsys) -> None:
    assert main(["import", str(sheet(HEADINGS, ANJALI))]) == 0
    said = capsys.readouterr().out
    assert f"Import{Import.objects.get().pk:>16}" in said
    assert "PAN Number: This should have 10 characters." in said
    assert "Created" in said
