"""Links of a contact as numbered columns: relation, title, dates and site, back and forth."""

import csv

from kith.cli.main import main
from kith.contacts.models import Link
from kith.history.models import Change
from kith.transfer.tests.test_undo_import import everything

HEADINGS = ("Kind", "Name", "Company", "Link 1 To", "Link 1 Job title", "Link 1 From",
            "Link 2 To", "Link 2 Relation", "Link 2 Until", "Link 2 Site", "Link 3 To")  # fmt: skip
ROWS = [
    ("Company", "Horus Ltd", "", "", "", "", "", "", "", "", ""),
    ("Company", "Isis Ltd", "", "", "", "", "", "", "", "", ""),
    ("", "Anjali Shah", "Horus Ltd", "Horus Ltd", "Export manager", "2021-03-01", "Isis Ltd",
     "Adviser", "2024-05-06", "Baroda", "Rohan Shah"),
    ("", "Rohan Shah", "", "Nobody Ltd", "", "", "", "", "", "", ""),
]  # fmt: skip


def links() -> list[tuple[object, ...]]:
    rows = Link.objects.filter(contact__name="Anjali Shah").order_by("pk")
    return [
        (other, relation, title, begin and begin.isoformat(), end and end.isoformat(), site, first)
        for other, relation, title, begin, end, site, first in rows.values_list(
            "other__name", "relation__name", "job_title", "from_date", "to_date", "site__name",
            "is_primary",
        )
    ]  # fmt: skip


def test_links_come_in_go_out_change_nothing_and_are_taken_back(kith, sheet, tmp_path) -> None:
    before = everything()
    report = kith("import", sheet(HEADINGS, *ROWS))
    assert (report["created"], report["invalid"]) == (4, 0), report
    assert links() == [
        ("Horus Ltd", "Employer", "Export manager", "2021-03-01", None, None, True),
        ("Isis Ltd", "Adviser", "", None, "2024-05-06", "Baroda", False),
        ("Rohan Shah", "Related to", "", None, None, None, False),
    ]
    warned = [note for row in report["rows"] for note in row["warnings"]]
    assert [(note["code"], note["column"]) for note in warned] == [
        ("option-new", "Link 2 Relation"),
        ("relation-unknown", "Link 1 To"),
    ]
    path = tmp_path / "out.csv"
    assert main(["export", str(path)]) == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        told = {row["Name"]: row for row in csv.DictReader(file)}
    code = told["Isis Ltd"]["Code"]
    anjali = told["Anjali Shah"]
    assert (anjali["Link 2 To"], anjali["Link 2 Site"]) == (f"Isis Ltd ({code})", "Baroda")
    assert (anjali["Link 1 Job title"], anjali["Link 1 From"]) == ("Export manager", "2021-03-01")
    changes = Change.objects.count()
    for duplicates in ("fill", "overwrite"):
        for again in (path, sheet(HEADINGS, *ROWS)):
            asked = ["--match", "code,company,name", "--duplicates", duplicates]
            done = kith("import", again, *asked)
            assert (done["created"], done["updated"], done["invalid"]) == (0, 0, 0), done
    assert Change.objects.count() == changes
    rows = [("", "Anjali Shah", "Horus Ltd", "isis ltd", "Chair", "2020-01-02", "", "", "", "", "")]
    changed = kith("import", sheet(HEADINGS, *rows), "--match", "name", "--duplicates", "overwrite")
    assert changed["updated"] == 1, changed
    assert links()[1] == ("Isis Ltd", "Adviser", "Chair", "2020-01-02", "2024-05-06", "Baroda",
                          False)  # fmt: skip
    assert kith("import", "--undo", changed["import"])["kept"] == 0
    assert kith("import", "--undo", report["import"])["kept"] == 0
    assert everything() == before


def test_a_link_to_nobody_is_told_at_its_own_column(kith, sheet) -> None:
    row = ("", "Anjali", "", "Horus Ltd", "Manager", "", "", "Adviser", "", "", "")
    report = kith("import", sheet(HEADINGS, ROWS[0], row))
    (error,) = report["rows"][1]["errors"]
    assert error == {"column": "Link 2 Relation", "code": "required",
                     "message": "Link 2 To is needed.", "value": "Adviser"}  # fmt: skip
