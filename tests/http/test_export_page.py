"""Export from the list: chosen columns, at once or by a job whose file waits for its owner."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kith.accounts.models import Role, User
from kith.accounts.permissions import Permission
from kith.contacts.models import Contact
from kith.core import clock
from kith.history.models import ChangeSet
from kith.jobs.models import Job, State
from kith.jobs.worker import run_waiting
from kith.transfer.models import Export
from kith.transfer.services.exports import exports_prune, path_of
from tests.contacts import make_contact, make_link

SignIn = Callable[[User], Client]
ASKED = {"listed": "1", "format": "csv"}


def text_of(answer: Any) -> str:
    assert answer["Content-Disposition"].startswith('attachment; filename="contacts-')
    return b"".join(answer.streaming_content).decode("utf-8-sig")


@pytest.fixture
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_an_export_has_the_chosen_columns(manager: User, signed_in: SignIn) -> None:
    make_contact(manager, name="Anjali", city="Pune")
    client, before = signed_in(manager), ChangeSet.objects.count()
    page = client.get("/contacts/export/?q=pune&format=csv").content.decode()
    assert "/contacts/labels/?q=pune" in page
    assert ChangeSet.objects.count() == before
    answer = client.post("/contacts/export/?q=pune", {**ASKED, "columns": ["city", "name"]})
    assert text_of(answer).splitlines() == ["Name,City", "Anjali,Pune"]
    assert ChangeSet.objects.latest("pk").note == "Export: 1 Contacts as csv"
    listed = client.get("/exports/").content.decode()
    assert [word in listed for word in ("pune", "downloaded", ".csv")] == [True] * 3
    assert client.post("/contacts/export/", {**ASKED, "format": "doc"}).status_code == 400
    # What is not understood would be left out, and more would be given away than was meant.
    unclear = client.post("/contacts/export/?q=pune+created:nonsense", ASKED)
    assert unclear.status_code == 400
    assert client.get("/contacts/labels/?q=created:nonsense").status_code == 400


@pytest.mark.django_db
def test_the_columns_of_the_list_are_ticked_and_amounts_say_their_currency(
    manager: User, signed_in: SignIn
) -> None:
    make_contact(manager, name="Anjali", credit_limit="90000", mobile="9327058088")
    make_contact(manager, name="Bo", credit_limit="12.5", currency="NOK")
    make_contact(manager, name="Chi", currency="NOK")
    client, shown = signed_in(manager), "columns=name,phone,credit_limit"
    listed = client.get(f"/contacts/?{shown}").content.decode()
    assert "90,000 <span" in listed and ">INR<" in listed and ">NOK<" in listed
    assert f"/contacts/export/?{shown.replace(',', '%2C')}" in listed
    page = client.get(f"/contacts/export/?{shown}").content.decode()
    ticked = [each.split('"')[0] for each in page.split('name="columns" value="')[1:]
              if "checked" in each.split(">")[0]]  # fmt: skip
    assert ticked == ["name", "mobile", "office_phone", "other_phone", "credit_limit"]
    every = client.post(f"/contacts/export/?{shown}", {**ASKED, "every": "1"})
    assert "checked" not in every.content.decode().split("Only some columns")[1]
    answer = client.post("/contacts/export/", {**ASKED, "columns": ["name", "credit_limit"]})
    rows = ["Name,Credit limit,Amounts in", "Anjali,90000,INR", "Bo,12.5,NOK", "Chi,,"]
    assert text_of(answer).splitlines() == rows


@pytest.mark.django_db
def test_texts_that_an_excel_cell_can_not_hold_are_told(
    manager: User, signed_in: SignIn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kith.transfer.writing.xlsx.LONGEST", 60)
    make_contact(manager, name="Ada", remarks="x" * 100)
    client = signed_in(manager)
    for told, file_format in ((True, "xlsx"), (False, "ods")):
        answer = client.post("/contacts/export/", {**ASKED, "format": file_format})
        assert b"".join(answer.streaming_content)
        assert ("1 text is longer" in client.get("/contacts/").content.decode()) == told
    assert client.get("/exports/").content.decode().count("1 text cut") == 1
    monkeypatch.setattr("kith.contacts.pages.export.MOST_AT_ONCE", 0)
    url = client.post("/contacts/export/", {**ASKED, "format": "xlsx"})["Location"]
    run_waiting()
    page = client.get(url).content.decode()
    assert ("1 text is longer" in page, "imported again unchanged" in page) == (True, False)


@pytest.mark.django_db
def test_links_to_hidden_contacts_leave_no_trace_in_an_export(
    manager: User, administrator: User, signed_in: SignIn
) -> None:
    person = make_contact(administrator, name="Anjali")
    hidden = make_contact(administrator, name="Secret Ltd", kind="company", accessibility="me")
    make_link(person, hidden, job_title="Spy")
    chosen = {**ASKED, "columns": ["name", "company", "site_at", "links"]}
    seen = text_of(signed_in(administrator).post("/contacts/export/?q=anjali", chosen))
    assert f"Secret Ltd ({hidden.code})" in seen
    blind = text_of(signed_in(manager).post("/contacts/export/?q=anjali", chosen))
    assert blind.splitlines() == ["Name,Company,Site at company", "Anjali,,"]


@pytest.mark.django_db
def test_many_are_exported_by_a_job(
    manager: User,
    administrator: User,
    signed_in: SignIn,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not [*folder.iterdir()]
    monkeypatch.setattr("kith.contacts.pages.export.MOST_AT_ONCE", 1)
    names = [make_contact(manager, name=name).name for name in ("Ada", "Bo")]
    client = signed_in(manager)
    url = client.post("/contacts/export/", ASKED)["Location"]
    export = Export.objects.get()
    assert "Waiting for other jobs" in client.get(url).content.decode()
    assert client.get(f"{url}file/").status_code == 400
    # A worker that was killed left a part of the file; another one begins anew.
    path_of(export).parent.mkdir(parents=True)
    (path_of(export).parent / ".export.csv.part").write_text("broken")
    run_waiting()
    assert [each.name for each in path_of(export).parent.iterdir()] == ["export.csv"]
    assert Job.objects.get().url == url
    assert Job.objects.get().message == "2 contacts are ready."
    assert client.get(f"{url}progress/", headers={"hx-request": "true"})["HX-Refresh"] == "true"
    assert f"{url}file/" in client.get(url).content.decode()
    written = text_of(client.get(f"{url}file/"))
    assert [name in written for name in names] == [True, True]
    assert ChangeSet.objects.filter(note="Export: 2 Contacts as csv").count() == 1
    # Others see that it was, if they may, and have no file of it.
    other = signed_in(administrator)
    assert other.get(f"{url}file/").status_code == 404
    assert url not in (page := other.get("/exports/").content.decode())
    assert manager.name in page
    assert exports_prune() == 0
    Export.objects.update(finished_at=clock.now() - timedelta(days=8))
    assert exports_prune() == 1
    assert not path_of(export).parent.exists()
    assert "file removed" in client.get(url).content.decode()


@pytest.mark.django_db
def test_an_export_is_stopped_or_loses_its_right(
    manager: User, signed_in: SignIn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kith.contacts.pages.export.MOST_AT_ONCE", 0)
    make_contact(manager, name="Ada", aadhaar="2341 2341 2346")
    client = signed_in(manager)
    url = client.post("/contacts/export/", ASKED)["Location"]
    client.post(f"{url}stop/")
    assert "stopped" in client.get(url).content.decode()
    client.post("/contacts/export/", {**ASKED, "id": Contact.objects.get().pk, "sensitive": "1"})
    User.objects.filter(pk=manager.pk).update(role="readonly")
    run_waiting()
    assert [*Job.objects.order_by("pk").values_list("state", flat=True)] == [
        State.CANCELLED,
        State.FAILED,
    ]
    assert not [path for path in folder.rglob("*") if path.is_file()]
    # What a crash left of one that never ended does not stay for ever.
    left = path_of(Export.objects.latest("pk"))
    left.parent.mkdir(parents=True, exist_ok=True)
    left.write_text("half of it")
    assert exports_prune() == 0
    Export.objects.update(created_at=clock.now() - timedelta(days=8))
    assert exports_prune() == 2
    assert exports_prune() == 0
    assert not left.exists()


@pytest.mark.django_db
def test_a_file_with_sensitive_values_is_for_who_may_still_see_them(
    manager: User, signed_in: SignIn, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kith.contacts.pages.export.MOST_AT_ONCE", 0)
    make_contact(manager, name="Ada", aadhaar="2341 2341 2346")
    client = signed_in(manager)
    clear, masked = (
        client.post("/contacts/export/", ASKED | more)["Location"]
        for more in ({"sensitive": "1", "fields": "aadhaar"}, {})
    )
    run_waiting()
    assert "234123412346" in text_of(client.get(f"{clear}file/")).replace(" ", "")
    may = [Permission.CONTACT_SEE, Permission.CONTACT_EXPORT]
    clerk = Role.objects.create(key="clerk", name="Clerk", permissions=may)
    User.objects.filter(pk=manager.pk).update(role=clerk)
    assert client.get(f"{clear}file/").status_code == 403
    assert client.get(f"{masked}file/").status_code == 200
