"""What is there already, in the sheet or in the database, by e-mail or by phone."""

import pytest

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Contact, Link
from kith.reference.services.company import company_save
from kith.transfer.models import Stage
from kith.transfer.services import checking, imports, running

HEADINGS = ("Name", "Email", "Phone", "Work Phone")


@pytest.mark.parametrize(
    "again",
    [
        ("Other", "ANJALI@example.com", "", ""),
        ("Other", "x@example.com; anjali@example.com", "", ""),
        ("Other", "", "+91 93270 58088", ""),
        ("Other", "", "", "093270-58088"),
    ],
)
def test_a_later_row_with_the_same_key_is_a_duplicate(kith, sheet, outcomes, again) -> None:
    report = kith("import", sheet(HEADINGS, ("Anjali", "anjali@example.com", "9327058088"), again))
    assert outcomes(report) == ["created", "duplicate"]
    assert "Row 2" in report["rows"][1]["warnings"][0]["message"]
    assert report["total"] == report["created"] + report["duplicates"] == 2


def test_the_same_file_again_changes_nothing(kith, sheet, outcomes) -> None:
    path = sheet(HEADINGS, ("Anjali", "anjali@example.com"), ("Rohan", "", "9327058088"))
    first = kith("import", path)
    second = kith("import", path)
    assert outcomes(second) == ["duplicate", "duplicate"]
    assert [row["code"] for row in second["rows"]] == [row["code"] for row in first["rows"]]
    assert Contact.objects.count() == 2


def test_empty_never_matches_empty(kith, sheet, outcomes) -> None:
    rows = [("Anjali", "", "", ""), ("Rohan", "", "", ""), ("Anjali", " ", "", "")]
    assert outcomes(kith("import", sheet(HEADINGS, *rows))) == ["created"] * 3
    assert outcomes(kith("import", sheet(HEADINGS, *rows))) == ["created"] * 3


def test_an_invalid_row_does_not_hold_its_keys(kith, sheet, outcomes) -> None:
    bad = ("Anjali", "anjali@example.com", "call me")
    good = ("Anjali", "anjali@example.com", "9327058088")
    assert outcomes(kith("import", sheet(HEADINGS, bad, good))) == ["invalid", "created"]


def test_only_the_chosen_keys_count(kith, sheet, outcomes) -> None:
    path = sheet(
        HEADINGS, ("A", "a@example.com", "9327058088"), ("B", "b@example.com", "9327058088")
    )
    assert outcomes(kith("import", path, "--match", "email")) == ["created", "created"]
    assert outcomes(kith("import", path, "--match", "phone")) == ["duplicate", "duplicate"]
    assert outcomes(kith("import", path, "--match", "")) == ["created", "created"]


def test_duplicates_are_made_when_asked_for_with_a_warning(kith, sheet, outcomes) -> None:
    path = sheet(HEADINGS, ("A", "a@example.com"), ("B", "a@example.com"))
    report = kith("import", path, "--duplicates", "create")
    assert outcomes(report) == ["created", "created"]
    assert [bool(row["warnings"]) for row in report["rows"]] == [False, True]


def test_what_the_importer_may_not_see_is_not_given_away(kith, sheet, outcomes, agent) -> None:
    path = sheet((*HEADINGS, "Visible To"), ("A", "a@example.com", "", "", "Only me"))
    kith("import", path)
    report = kith("import", path, "--as", agent.email)
    assert outcomes(report) == ["created"]
    assert report["rows"][0]["warnings"] == []

    # A firm may want such rows held back instead: with words that are always the same.
    company_save(actor=SYSTEM, values={"holds_hidden": True})
    kith("import", sheet((*HEADINGS, "Visible To"), ("B", "b@example.com", "", "", "Only me")))
    path = sheet(HEADINGS, ("B", "b@example.com"), ("C", "c@example.com"), ("B", "b@example.com"))
    for way in ("create-skip", "create-fill", "create-all"):
        report = kith("import", path, "--as", agent.email, "--duplicates", way, "--dry-run")
        assert outcomes(report) == ["invalid", "valid", "invalid"]
        (told,) = report["rows"][0]["errors"]
        assert {**told, "message": ""} == {
            "column": "", "code": "held-back", "message": "", "value": None,
        }  # fmt: skip
        assert (report["rows"][0]["code"], report["rows"][0]["warnings"]) == (None, [])
    # What the importer sees may be made twice as before.
    seen = sheet(HEADINGS, ("D", "d@example.com"))
    kith("import", seen)
    again = kith("import", seen, "--as", agent.email, "--duplicates", "create-all")
    assert outcomes(again) == ["created"]
    path = sheet(HEADINGS, ("B", "b@example.com"), ("C", "c@example.com"), ("B", "b@example.com"))
    fill = kith("import", path, "--as", agent.email, "--duplicates", "fill", "--dry-run")
    assert {row["errors"][0]["code"] for row in fill["rows"]} == {"not-there"}


def test_one_that_was_hidden_since_the_check_is_held_back(kith, sheet, agent) -> None:
    company_save(actor=SYSTEM, values={"holds_hidden": True})
    path = sheet(HEADINGS, ("A", "a@example.com"), ("B", "b@example.com"))
    checked = kith("import", path, "--as", agent.email, "--dry-run")
    kith("import", sheet((*HEADINGS, "Visible To"), ("A", "a@example.com", "", "", "Only me")))
    report = kith("import", "--resume", checked["import"], "--as", agent.email)
    assert (report["created"], report["invalid"]) == (1, 1)
    assert report["rows"][0]["errors"][0]["code"] == "held-back"


def test_one_that_has_come_since_the_check_is_a_duplicate(sheet, db, kith) -> None:
    """Two imports of one sheet that were checked side by side."""
    path = sheet(HEADINGS, ("A", "a@example.com"), ("B", "", "9327058088"))

    def checked():
        importing = imports.import_begin(
            actor=SYSTEM, record_type="contact", chunks=[path.read_bytes()], filename="a.csv"
        )
        imports.begin(importing, Stage.CHECKING)
        checking.check(importing=importing, report=lambda done, total: None)
        return importing

    both = [checked(), checked()]
    for importing in both:
        assert importing.counts["valid"] == 2
        imports.begin(importing, Stage.RUNNING)
        running.run(importing=importing, report=lambda done, total: None)
    counts = both[1].counts
    assert (counts["created"], counts["duplicates"], counts["valid"]) == (0, 2, 0)
    assert Contact.objects.count() == 2


def test_a_company_is_found_by_its_name_and_a_relation_by_e_mail(kith, sheet, outcomes) -> None:
    headings = ("Title", "Name", "Company", "Email", "City", "Relation", "Relation To")
    person = ("", "Anjali", "Horus Ltd", "a@example.com")
    kith("import", sheet(headings, person))
    companies = sheet(headings, ("M/S", "HORUS  Ltd", "", "", "Pune"), ("M/S", "Isis"))
    report = kith("import", companies, "--duplicates", "create-fill")
    assert outcomes(report) == ["updated", "created"]
    again = kith("import", companies, "--duplicates", "create-fill")
    assert outcomes(again) == ["duplicate", "duplicate"]
    friend = ("", "Rohan", "", "", "", "Friend", "A@Example.com ")
    report = kith("import", sheet(headings, friend))
    (warning,) = report["rows"][0]["warnings"]
    assert (warning["code"], warning["column"], warning["value"]) == (
        "option-new", "Relation", "Friend",
    )  # fmt: skip
    again = kith("import", sheet(headings, ("", "Chloe", "", "", "", "friend", "Rohan")))
    assert again["rows"][0]["warnings"] == []
    link = Link.objects.get(contact__name="Rohan")
    assert (link.other.name, link.relation.name) == ("Anjali", "Friend")
