"""Rows put right, taken out, forced and settled in the review, before anything is stored."""

from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from kith.accounts.models import Role
from kith.contacts.models import Channel, Contact
from kith.contacts.record import CONTACT
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.reference.models import Option
from kith.transfer.models import Import, ImportRow, Profile
from kith.transfer.results import write_result
from kith.transfer.services import checking, portions
from kith.transfer.services.stages import no_report
from kith.transfer.workspace import wishes_path

from .test_broken_off import Killed
from .test_import_pages import check, page, post, upload, work, workbook

pytestmark = pytest.mark.django_db(transaction=True)
HEADINGS = ["Full Name", "Mobile Number", "Email Address", "Company", "Adhar Number"]
PHONE = "+919327058088"
ROWS = [
    ["Anjali Smithson", "93270 58088", "anjali@horus.in", "Horus", ""],
    ["Chloé Smyth", "call me", "chloe@nordvik.no", "", ""],
    ["Anjali Again", "9327058088", "", "", ""],
    ["Somebody", "", "s@example.com", "Isis", ""],
]


def numbers(importing: Import) -> tuple[int, ...]:
    importing.refresh_from_db()
    counts = importing.counts
    assert counts["total"] == sum(counts[each] for each in ("valid", "duplicates", "invalid"))
    return counts["valid"], counts["duplicates"], counts["invalid"]


def act(client: Any, importing: Import, number: int, **data: Any) -> str:
    answer = client.post(reverse("transfer:row", args=[importing.pk, number]), data)
    assert answer.status_code == 302, answer.content
    return str(answer.url)


def row_page(client: Any, importing: Import, number: int) -> str:
    answer = client.get(reverse("transfer:row", args=[importing.pk, number]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_rows_are_settled_one_by_one(agent: Any, manager: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS, HEADINGS))
    check(client, importing)
    assert numbers(importing) == (2, 1, 1)
    drawn = page(client, importing)
    reason = drawn.index("<b><bdi>Mobile Number</bdi></b> ")
    assert drawn.index(">Invalid<") < reason < drawn.index("call me"), "not right of the window"
    assert "not a phone number" in row_page(client, importing, 3)
    assert act(client, importing, 3, **{"cell-1": "still wrong"}).endswith("/rows/3/")
    assert numbers(importing) == (2, 1, 1)
    act(client, importing, 3, **{"cell-1": "9825011111", "cell-3": "Horus", "cell-4": "1234"})
    assert numbers(importing) == (3, 1, 0)
    assert ImportRow.objects.get(parent=importing, number=3).cells == {
        "1": "9825011111",
        "3": "Horus",
    }
    act(client, importing, 4, choice="force")
    assert act(client, importing, 5, choice="out")
    assert "Taken out" in page(client, importing, query="?show=invalid")
    assert numbers(importing) == (3, 0, 1)
    (line,) = list(load_workbook(write_result(importing=importing))["Not imported"].values)[1:]
    assert line[:3] == ("Somebody", None, "s@example.com")
    found = page(client, importing, query="?show=all&q=CHLOE")
    assert "9825011111" in found
    assert "Somebody" not in found
    check(client, importing)
    assert numbers(importing) == (3, 0, 1), "What was settled stays so when checked again."
    act(client, importing, 5, choice="rules")
    assert numbers(importing) == (4, 0, 0)
    act(client, importing, 5, choice="out")
    url = reverse("transfer:row", args=[importing.pk, 3])
    assert signed_in(manager).get(url).status_code == 404
    assert client.get(reverse("transfer:row", args=[importing.pk, 99])).status_code == 404
    post(client, importing, "run")
    work(importing)
    names = Contact.objects.filter(kind="person").values_list("name", flat=True)
    assert set(names) == {"Anjali Smithson", "Chloé Smyth", "Anjali Again"}
    assert list(Contact.objects.filter(kind="company").values_list("name", flat=True)) == ["Horus"]
    assert importing.counts["created"] == importing.counts["valid"] == 3
    imported = list(load_workbook(write_result(importing=importing))["Imported"].values)
    assert "9825011111" in imported[2], "the cell as it was put right"
    assert client.get(reverse("transfer:row", args=[importing.pk, 3])).status_code == 302


def test_what_was_settled_outlives_a_check_that_is_killed(
    agent: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS, HEADINGS))
    check(client, importing)
    act(client, importing, 3, **{"cell-1": "9825011111"})
    act(client, importing, 4, choice="force")
    act(client, importing, 5, choice="out")
    settled = numbers(importing)
    monkeypatch.setattr(portions, "PORTION", 1)

    def kill(done: int, _total: int | None) -> None:
        if done == 2:
            raise Killed

    with pytest.raises(Killed):
        checking.check(importing=importing, report=kill)
    assert ImportRow.objects.filter(parent=importing).count() < len(ROWS)
    checking.check(importing=Import.objects.get(pk=importing.pk), report=no_report)
    assert numbers(importing) == settled == (3, 0, 1)
    assert ImportRow.objects.get(parent=importing, number=3).cells == {"1": "9825011111"}
    assert ImportRow.objects.get(parent=importing, number=4).choice == "force"
    assert not wishes_path(importing).exists()


def test_one_of_several_is_chosen(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    twins = [["A", "9327058088", "a@example.com"], ["B", "9327058088", "b@example.com"]]
    importing = upload(client, workbook(twins, HEADINGS[:3]))
    check(client, importing, match=[])
    post(client, importing, "run")
    work(importing)
    one, two = Contact.objects.order_by("pk")
    importing = upload(client, workbook([["C", "9327058088", "c@example.com"]], HEADINGS[:3]))
    url = reverse("transfer:row", args=[importing.pk, 2])
    check(client, importing, duplicates="create-skip", match=["phone"])
    assert client.post(url, {"choice": str(two.pk)}).status_code == 400, "Nothing is to change."
    check(client, importing, duplicates="create-fill", match=["phone"])
    assert numbers(importing) == (0, 1, 0)
    shown = row_page(client, importing, 2)
    assert f"It is A ({one.code})" in shown
    assert shown.count("What is stored") == 2, "both are beside it"
    assert "One of several" in page(client, importing)
    assert client.post(url, {"choice": "999999"}).status_code == 400
    act(client, importing, 2, choice=str(two.pk))
    assert numbers(importing) == (1, 0, 0)
    check(client, importing, duplicates="create-overwrite", match=["phone"])
    act(client, importing, 2, choice="force")
    assert "Here already</span>" not in page(client, importing, query="?show=all")
    act(client, importing, 2, choice=str(two.pk))
    assert "Import it as a new one" in row_page(client, importing, 2), "it may be somebody else"
    post(client, importing, "run")
    work(importing)
    assert importing.counts["updated"] == 1
    two.refresh_from_db()
    assert two.name == "C"
    mails = Channel.objects.filter(contact=two, kind="email").values_list("value", flat=True)
    assert list(mails) == ["c@example.com"]


def test_one_that_was_chosen_and_is_hidden_by_now_is_left_alone(
    agent: Any, manager: Any, signed_in: Any
) -> None:
    client = signed_in(agent)
    with change_set(actor=manager, door="screen") as changes:
        pks = changes.save_many(CONTACT, [Draft({"name": each, "mobile": PHONE}) for each in "AB"])
    importing = upload(client, workbook([["C", PHONE, "c@example.com"]], HEADINGS[:3]))
    check(client, importing, duplicates="create-overwrite", match=["phone"])
    act(client, importing, 2, choice=str(pks[1]))
    with change_set(actor=manager, door="screen") as changes:
        changes.save(CONTACT, Draft({"accessibility": f"user:{manager.pk}"}, id=pks[1]))
    post(client, importing, "run")
    work(importing)
    assert importing.counts["updated"] == 0
    assert list(Contact.objects.values_list("name", flat=True)) == ["A", "B"]


def test_who_may_not_change_contacts_changes_none_by_importing(agent: Any, signed_in: Any) -> None:
    Role.objects.create(key="bringer", name="Bringer", permissions=["contacts:contact:import"])
    agent.role_id = "bringer"
    agent.save()
    client = signed_in(agent)
    importing = upload(client, workbook(ROWS, HEADINGS))
    columns = reverse("transfer:columns", args=[importing.pk])
    for way, status in (("create-fill", 422), ("overwrite", 422), ("create-skip", 302)):
        answer = client.post(columns, {"duplicates": way, "match": ["phone"], "date_order": "ymd"})
        assert answer.status_code == status


def test_rows_that_have_nothing_new_are_called_so(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    rows = [["Ann", "9327058088", "ann@example.com", "Horus", ""],
            ["Ben", "", "ben@example.com", "", ""]]  # fmt: skip
    importing = upload(client, workbook(rows, HEADINGS))
    check(client, importing)
    post(client, importing, "run")
    work(importing)
    assert "Nothing new" not in page(client, importing)
    rows[1][0] = "Benjamin"
    cy = ["Cy", "", "cy@example.com", "", ""]
    rows += [rows[1], cy, [*cy[:3], "HORUS", ""], cy]
    importing = upload(client, workbook(rows, HEADINGS))
    check(client, importing, duplicates="create-overwrite", match=["email"])
    assert numbers(importing) == (6, 0, 0)
    shown = page(client, importing, query="?show=stays")
    assert shown.count('"k-badge ">Nothing new<') == 3, "Ann, Benjamin and Cy said again"
    shown = page(client, importing, query="?show=changes")
    assert shown.count('"k-badge good">Here already<') == 1
    assert shown.count('"k-badge good">Valid<') == 1, "Cy's company, of the row above"
    assert act(client, importing, 2, **{"cell-0": "Anne"})
    act(client, importing, 7, choice="force")
    numbers(importing)
    assert [importing.counts[each] for each in ("there", "unchanging")] == [4, 1]
    act(client, importing, 7, choice="rules")
    act(client, importing, 2, **{"cell-0": "Ann"})
    post(client, importing, "run")
    work(importing)
    counts = importing.counts
    assert [counts[each] for each in ("created", "updated", "duplicates")] == [1, 2, 3]
    shown = page(client, importing, query="?show=same")
    assert shown.count('"k-badge ">Nothing new<') == 3
    assert "show=same" in shown
    assert "can be undone as a whole" in shown
    importing = upload(client, workbook(rows[:1], HEADINGS))
    check(client, importing, duplicates="fill", match=["email"])
    post(client, importing, "run")
    work(importing)
    assert "It has changed nothing." in page(client, importing)


def test_new_options_are_told_and_settled(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    with change_set(actor=agent, door="screen") as changes:
        changes.save(CONTACT, Draft({"name": "Old", "designation": {"new": "Director"}}))
    rows = [["Ann", "Direktor", "Fair, Gold"], ["Ben", "Direktor", "gold"], ["Cy", "Chef", ""],
            ["Di", "director", ""], ["", "Boss", ""]]  # fmt: skip
    importing = upload(client, workbook(rows, ["Full Name", "Designation", "Tags"]))
    check(client, importing, profile_name="Words")

    def news() -> list[tuple[str, str, int]]:
        importing.refresh_from_db()
        return [(each["list"], each["text"], each["rows"]) for each in importing.news]

    designations = [("designation", "Direktor", 2), ("designation", "Chef", 1)]
    tags = [("tag", "Gold", 2), ("tag", "Fair", 1)]
    assert news() == [*designations, *tags]
    assert "4 new options will be added to lists" in page(client, importing)
    act(client, importing, 3, **{"cell-1": "Director"})
    assert news()[0] == ("designation", "Chef", 1)
    spell = reverse("transfer:spell", args=[importing.pk])
    told = {
        "list": ["designation"] * 2 + ["tag", "nonsense"],
        "text": ["Direktor", "Chef", "Fair", "x"],
    }
    answer = client.post(spell, told | {"use": ["no such", "", "", ""]})
    assert answer.status_code == 400
    client.post(spell, told | {"use": ["director", "", "", "y"], "out-2": "on"})
    work(importing)
    assert news() == [("designation", "Chef", 1), ("tag", "Gold", 2)]
    assert 'value="Director"' in page(client, importing)
    meant = {"designation": {"Direktor": Option.objects.get(name="Director").pk}}
    assert Profile.objects.get().options["spelt"] == meant | {"tag": {"Fair": None}}
    post(client, importing, "run")
    work(importing)
    found = {each.name: each for each in Contact.objects.select_related("designation")}
    assert [str(found[each].designation) for each in ("Ann", "Ben", "Cy")] == [
        "Director",
        "Director",
        "Chef",
    ]
    assert Option.objects.filter(list_name="tag").values_list("name", flat=True).get() == "Gold"
