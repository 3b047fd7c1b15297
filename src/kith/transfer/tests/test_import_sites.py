"""Further sites of a contact as numbered columns, and where at its company a person sits."""

import csv

from kith.accounts.models import Role, User
from kith.cli.main import main
from kith.contacts.models import Contact, Link, Site
from kith.history.models import Change
from kith.transfer.tests.test_undo_import import everything

HEADINGS = ("Kind", "Name", "Company", "Site at company", "City", "Site 2 Name", "Site 2 Type",
            "Site 2 City", "Site 2 Country", "Site 2 Phone", "Address 3 - City",
            "Site 3 Country")  # fmt: skip
HORUS = ("Company", "Horus Ltd", "", "", "Pune", "Factory", "Godown", "Oslo", "Norway",
         "22 22 55 55", "Surat", "India")  # fmt: skip
ROWS = [
    HORUS,
    ("", "Anjali Shah", "Horus Ltd", "factory", "", "", "", "", "", "", "", ""),
    ("", "Rohan Shah", "Horus Ltd", "main", "", "", "", "", "", "", "", ""),
    ("", "Kavya Nair", "Horus Ltd", "Baroda", "", "", "", "", "", "", "", ""),
    ("", "Nobody's Nephew", "", "Factory", "", "", "", "", "", "", "", ""),
]


def sites() -> list[tuple[str, ...]]:
    rows = Site.objects.filter(contact__name="Horus Ltd").order_by("-is_main", "pk")
    return list(rows.values_list("name", "city", "country", "phone"))


def seats() -> dict[str, str | None]:
    return dict(Link.objects.values_list("contact__name", "site__name"))


def test_sites_come_in_go_out_change_nothing_and_are_taken_back(kith, sheet, tmp_path) -> None:
    before = everything()
    report = kith("import", sheet(HEADINGS, *ROWS))
    assert (report["created"], report["invalid"]) == (5, 0), report
    oslo = ("Factory", "Oslo", "NO", "+4722225555")
    assert sites() == [("main", "Pune", "", ""), oslo, ("Surat", "Surat", "IN", ""),
                       ("Baroda", "", "", "")]  # fmt: skip
    assert seats() == {"Anjali Shah": "Factory", "Rohan Shah": None, "Kavya Nair": "Baroda"}
    warned = [row["warnings"] for row in report["rows"] if row["warnings"]]
    assert [(note["code"], note["column"]) for note in warned[0]] == [
        ("no-company", "Site at company")
    ]
    path = tmp_path / "out.csv"
    assert main(["export", str(path)]) == 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        told = {row["Name"]: row for row in csv.DictReader(file)}
    assert told["Horus Ltd"]["Site 2 Name"] == "Factory"
    assert told["Horus Ltd"]["Site 2 Type"] == "Godown"
    assert told["Horus Ltd"]["Site 4 Name"] == "Baroda"
    assert "Site 5 Name" not in told["Horus Ltd"]
    assert told["Anjali Shah"]["Site at company"] == "Factory"
    changes = Change.objects.count()
    for duplicates in ("fill", "overwrite"):
        again = kith("import", path, "--match", "code", "--duplicates", duplicates)
        assert (again["created"], again["updated"], again["invalid"]) == (0, 0, 0), again
    assert Change.objects.count() == changes
    undone = kith("import", "--undo", report["import"])
    assert undone["kept"] == 0
    assert everything() == before


def test_a_sheet_with_a_row_for_each_site_fills_in_and_overwrites(kith, sheet) -> None:
    kith("import", sheet(HEADINGS, HORUS))
    before = [sites(), everything()["Site"]]
    headings = ("Customer", "Is a Company", "Site", "Street", "Town", "Tel")
    rows = [
        ("Horus Ltd", "Company", "Main", "1 High Street", "Mumbai", ""),
        ("Horus Ltd", "Company", "FACTORY", "2 Mill Lane", "Bergen", "22 22 55 55"),
        ("Horus Ltd", "Company", "Depot", "3 Dock Road", "", ""),
        ("Horus Ltd", "Company", "Depot", "", "Nagpur", ""),
        ("New Ltd", "Company", "Yard", "4 Low Street", "Agra", ""),
    ]
    maps = {"Customer": "name", "Site": "Site 2 Name", "Street": "sites.2.address1",
            "Town": "Site 2 City", "Tel": "Site 2 Phone"}  # fmt: skip
    asked = [part for pair in maps.items() for part in ("--map", "=".join(pair))]
    path = sheet(headings, *rows)
    report = kith("import", path, *asked, "--match", "company", "--duplicates", "create-overwrite")
    assert [row["outcome"] for row in report["rows"]] == [*["updated"] * 4, "created"], report
    assert [each[:2] for each in sites()] == [
        ("main", "Mumbai"), ("Factory", "Bergen"), ("Surat", "Surat"), ("Depot", "Nagpur"),
    ]  # fmt: skip
    again = kith("import", path, *asked, "--match", "company", "--duplicates", "create-overwrite")
    assert (again["created"], again["updated"]) == (0, 0)
    kith("import", "--undo", report["import"])
    after = [sites(), everything()["Site"]]
    for rows_of in (before[1], after[1]):
        for each in rows_of:
            each.pop("version")
            each.pop("updated_at")
    assert after == before
    assert not Contact.objects.filter(name="New Ltd").exists()


def test_who_may_not_change_contacts_adds_no_site_to_those_of_others(
    kith, sheet, make_user
) -> None:
    kith("import", sheet(HEADINGS, HORUS))
    rights = ["see", "create", "import"]
    only_new = Role.objects.create(
        key="only-new", name="Only new", permissions=[f"contacts:contact:{each}" for each in rights]
    )
    clerk = make_user("agent")
    User.objects.filter(pk=clerk.pk).update(role=only_new)
    headings = ("Name", "Company", "Site at company")
    rows = [
        ("Ola", "Horus Ltd", "Factory"),
        ("Kari", "Horus Ltd", "Attic"),
        ("Per", "Own AS", "Hut"),
    ]
    report = kith("import", sheet(headings, *rows), "--as", clerk.email)
    assert (report["created"], report["invalid"]) == (3, 0), report
    assert seats() == {"Ola": "Factory", "Kari": None, "Per": "Hut"}
    assert [name for name, *_rest in sites()] == ["main", "Factory", "Surat"]
    assert [note["code"] for note in report["rows"][1]["warnings"]] == ["no-site"]


def test_a_bad_cell_is_told_by_its_own_column(kith, sheet) -> None:
    bad = [*HORUS[:7], "Oslo", "Atlantis", "22 22 55 55", "", ""]
    report = kith("import", sheet(HEADINGS, bad))
    assert report["invalid"] == 1
    assert [(e["column"], e["code"]) for e in report["rows"][0]["errors"]] == [
        ("Site 2 Country", "unknown-country")
    ]
