"""An import taken back leaves every table as it was."""

import json

import pytest
from django.apps import apps

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Contact
from kith.core.errors import Refused
from kith.core.record_types import registry
from kith.history.models import Door
from kith.records import undo as records_undo
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.records.reindexing import reindex
from kith.transfer import standing
from kith.transfer.models import Import, Stage
from kith.transfer.queries import rows_of
from kith.transfer.services import imports, undoing
from kith.transfer.services.bringing_back import bring_back
from kith.transfer.standing import taken_back
from tests.contacts import change_contact

HEADINGS = ("Name", "Company", "Category", "Email", "Phone", "Relation", "Relation To")
BEFORE = [("Kavya Nair", "Old Ltd", "Insurance", "k@example.com", "9327058001", "", "")]
ROWS = [
    ("Anjali Shah", "Horus Ltd", "Insurance, New One", "a@example.com", "9327058088", "", ""),
    ("Rohan Shah", "Old Ltd", "New One", "r@example.com", "", "Spouse", "Anjali Shah"),
]


def everything() -> dict[str, list]:
    models = [*apps.get_app_config("contacts").get_models(),
              *apps.get_app_config("reference").get_models()]  # fmt: skip
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


def undo(importing: Import) -> Import:
    imports.begin(importing, Stage.UNDOING)
    undoing.undo_import(importing=importing, actor=SYSTEM, report=lambda done, total: None)
    return importing


def test_every_table_is_as_it_was(kith, sheet) -> None:
    kith("import", sheet(HEADINGS, *BEFORE))
    before = everything()
    kith("import", sheet(HEADINGS, *ROWS))
    assert len(everything()["Contact"]) == len(before["Contact"]) + 3
    importing = undo(Import.objects.latest("pk"))
    assert importing.state == Stage.UNDONE
    assert importing.undo_report["kept"] == 0
    assert everything() == before
    assert reindex(mend=False).mended == 0


def test_what_stored_ones_got_goes_without_a_trace(kith, sheet) -> None:
    """Two rows of one contact name new tags, and values in tables of their own."""
    headings = ("Name", "Email", "Tags", "Account number", "City")
    kith("import", sheet(headings, ("Kavya", "k@example.com", "Old", "", "Pune")))
    before = everything()
    rows = [
        ("Kavya", "k@example.com", "Green, Blue", "12345678", "Neuhausen"),
        ("Kavya", "k@example.com", "Blue, Red", "12345678", "Oberdorf"),
    ]
    report = kith("import", sheet(headings, *rows), "--duplicates", "create-overwrite")
    assert (report["updated"], report["invalid"]) == (2, 0)
    assert [each["account_number"] for each in everything()["TradingTerms"]] != [""]
    undo(Import.objects.latest("pk"))
    after = everything()
    for each in (*before["Contact"], *after["Contact"]):
        del each["version"], each["updated_at"]
    for each in (*before["Label"], *after["Label"]):
        del each["id"]
    assert after == before


def test_what_somebody_changed_since_is_kept_and_told(kith, sheet, monkeypatch) -> None:
    """The link of who stays goes in an earlier step: what is found by its company goes with it."""
    monkeypatch.setattr(records_undo, "STEP", 2)
    kith("import", sheet(HEADINGS, *ROWS))
    anjali = Contact.objects.get(name="Anjali Shah")
    with change_set(actor=SYSTEM, door=Door.SCREEN) as changes:
        changes.save(registry.get("contact"), Draft({"remarks": "Called"}, id=anjali.pk))
    importing = undo(Import.objects.latest("pk"))
    assert importing.undo_report["kept"] > 0
    assert Contact.objects.get(pk=anjali.pk).remarks == "Called"
    assert not Contact.objects.filter(name="Rohan Shah").exists()
    assert reindex(mend=False).mended == 0
    assert importing.undo_report["left"] == {"created": 1, "updated": 0}
    rows = rows_of(importing)
    assert taken_back(importing, rows) == {rows[1].number}


def test_what_a_killed_undo_had_kept_is_counted(kith, sheet, monkeypatch) -> None:
    """More than are listed one by one, in steps of which the first one is done."""
    monkeypatch.setattr(standing, "LISTED", 1)
    monkeypatch.setattr(undoing, "LISTED", 1)
    monkeypatch.setattr(records_undo, "STEP", 2)
    names = ["Asha", "Bala", "Chitra", "Deva"]
    rows = [(name, f"{name}@example.com", "Pune") for name in names]
    kith("import", sheet(("Name", "Email", "City"), *rows))
    rows = [(name, f"{name}@example.com", "Agra") for name in names]
    kith("import", sheet(("Name", "Email", "City"), *rows), "--duplicates", "overwrite")
    for contact in Contact.objects.all():
        change_contact(contact, city="Goa")
    importing = Import.objects.latest("pk")
    imports.begin(importing, Stage.UNDOING)

    def kill(seen: int, _total: int | None) -> None:
        if seen > 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        undoing.undo_import(importing=importing, actor=SYSTEM, report=kill)
    importing = Import.objects.latest("pk")
    undoing.undo_import(importing=importing, actor=SYSTEM, report=lambda done, total: None)
    assert importing.undo_report["kept"] == 4
    assert importing.undo_report["left"] == {"created": 0, "updated": 4}
    assert "standing" not in importing.undo_report


def test_nothing_is_undone_twice(kith, sheet) -> None:
    kith("import", sheet(HEADINGS, *ROWS))
    importing = undo(Import.objects.latest("pk"))
    with pytest.raises(Refused):
        imports.import_undo(importing=importing, actor=SYSTEM)


def test_what_was_undone_is_brought_back(kith, sheet) -> None:
    """With its links, its lists, the values of tables beside; and is undone again."""
    kith("import", sheet(HEADINGS, *BEFORE))
    before = everything()
    headings = (*HEADINGS, "Tags", "City", "Account number")
    rows = [(*row, "Green, Blue", "Pune", "12345678") for row in ROWS]
    kith("import", sheet(headings, *rows))
    there = everything()
    importing = undo(Import.objects.latest("pk"))
    bring_back(importing=importing, actor=SYSTEM, report=lambda done, total: None)
    assert (importing.state, importing.undo_report) == (Stage.DONE, None)
    assert reindex(mend=False).mended == 0
    assert bare(everything()) == bare(there)
    assert len(there["Link"]) > len(before["Link"])
    assert undo(importing).undo_report["kept"] == 0
    assert bare(everything()) == bare(before)


def bare(tables: dict[str, list]) -> dict[str, list]:
    """Without when it was written, and the keys of rows that belong to a contact. The keys of what
    is sealed come in another order out of PostgreSQL's history."""
    own = ("Site", "Channel", "Label", "ContactWord", "TradingTerms", "Identifier")
    left_out = {"created_at", "updated_at", "version"}

    def plain(value: object) -> object:
        return json.loads(value) if isinstance(value, str) and value[:1] == "{" else value

    return {
        name: [
            {
                key: plain(value)
                for key, value in row.items()
                if key not in left_out and not (key == "id" and name in own)
            }
            for row in rows
        ]
        for name, rows in tables.items()
    }
