"""Into the trash, out of it, and out of it for good; and what is ticked or listed as a file."""

from datetime import timedelta
from typing import Any

import pytest

from kith.contacts.listing.page import list_page
from kith.contacts.listing.trash import Trash
from kith.contacts.models import Alias, Channel, Contact, ContactDocument, Label, Link, Site
from kith.contacts.services.contacts import contacts_trash
from kith.contacts.services.erasing import contacts_erase, trash_expire
from kith.core import clock
from kith.history.models import Change, ChangeSet
from kith.jobs.models import Job
from kith.jobs.upkeep import run_daily
from kith.jobs.worker import run_waiting
from tests.contacts import make_contact


@pytest.fixture
def three(manager: Any) -> list[Contact]:
    return [make_contact(manager, name=name, company="Horus Tech") for name in ("Ada", "Bo", "Cy")]


def test_ticked_contacts_go_into_the_trash_and_undo_brings_them_back(
    three: list[Contact], manager: Any, signed_in: Any
) -> None:
    client = signed_in(manager)
    ids = [three[0].pk, three[2].pk]
    answer = client.post("/contacts/delete/?next=/contacts/?q=kind:person", {"id": ids})
    assert answer.headers["location"] == "/contacts/?q=kind:person"
    page = client.get("/contacts/?q=kind:person").content.decode()
    assert "2 contacts are in the trash." in page
    assert "Bo" in page
    assert ">Ada<" not in page
    Contact.objects.filter(pk=ids[0]).update(picture="0" * 64)
    trash = client.get("/contacts/trash/").content.decode()
    assert ">Ada<" in trash
    assert "/picture/" not in trash, "nobody is given it from there"
    client.post(f"/changes/{ChangeSet.objects.latest('pk').pk}/undo/")
    assert Contact.objects.filter(trashed_at=None).count() == 4


def test_ticked_contacts_come_back_from_the_trash(
    three: list[Contact], manager: Any, signed_in: Any
) -> None:
    contacts_trash(actor=manager, ids=[each.pk for each in three])
    client = signed_in(manager)
    client.post("/contacts/trash/restore/", {"id": [three[1].pk, 999_999]})
    assert Contact.objects.filter(trashed_at=None, kind="person").get() == three[1]
    assert "1 contact is back." in client.get("/contacts/trash/").content.decode()


def test_what_is_hidden_or_no_id_is_passed_over(
    three: list[Contact], manager: Any, agent: Any, signed_in: Any
) -> None:
    hidden = make_contact(agent, name="Hidden", accessibility="me")
    client = signed_in(manager)
    for ids in ([hidden.pk], ["x", "-1", "9" * 30], []):
        client.post("/contacts/delete/", {"id": ids})
        client.post("/contacts/trash/restore/", {"id": ids})
    assert not Contact.objects.exclude(trashed_at=None).exists()
    assert signed_in(agent).post("/contacts/delete/", {"id": [hidden.pk]}).status_code == 403
    assert "https:" not in client.post("/contacts/delete/?next=https://else.example/")["location"]


def test_only_an_administrator_empties_the_trash_and_is_asked_first(
    three: list[Contact], manager: Any, administrator: Any, signed_in: Any
) -> None:
    contacts_trash(actor=manager, ids=[three[0].pk])
    assert signed_in(manager).post("/contacts/trash/empty/").status_code == 403
    assert "Empty the trash" not in signed_in(manager).get("/contacts/trash/").content.decode()
    client = signed_in(administrator)
    assert "Erase for good" in client.get("/contacts/trash/empty/").content.decode()
    assert Contact.objects.filter(pk=three[0].pk).exists()
    client.post("/contacts/trash/empty/")
    assert not Contact.objects.filter(pk=three[0].pk).exists()
    assert Contact.objects.count() == 3
    assert "The trash is empty" in client.get("/contacts/trash/").content.decode()


def test_what_has_lain_there_for_thirty_days_goes_by_itself(
    three: list[Contact], manager: Any, signed_in: Any, settings: Any
) -> None:
    old, late, standing = three
    contacts_trash(actor=manager, ids=[old.pk, late.pk])
    for each, days in ((old, 31), (late, 29)):
        moment = clock.now() - timedelta(days=days)
        Contact.objects.filter(pk=each.pk).update(trashed_at=moment)
    assert (
        "After 30 days in the trash a contact is erased"
        in signed_in(manager).get("/contacts/trash/").text
    )
    asked = signed_in(manager).get(f"/contacts/{standing.pk}/delete/").text
    assert "After 30 days in the trash a contact is erased" in asked
    settings.TRASH_DAYS = 0
    assert trash_expire() == 0
    assert "until an administrator" in signed_in(manager).get("/contacts/trash/").text
    settings.TRASH_DAYS = 30
    run_daily()
    assert set(Contact.objects.filter(name__in=("Ada", "Bo", "Cy"))) == {late, standing}
    assert trash_expire() == 0
    made = ChangeSet.objects.get(note="1 contact erased")
    assert (made.actor, made.door) == (None, "settings")


def test_erasing_leaves_nothing_of_a_contact(manager: Any) -> None:
    gone = make_contact(
        manager, name="Ada Lovelace", company="Horus", mobile="+91 93270 58088", tags="key",
        aliases="Countess", city="Pune",
    )  # fmt: skip
    kept = make_contact(manager, name="Bo", company="Horus")
    before = Change.objects.filter(subject_type="contact", subject_id=kept.pk).count()
    contacts_trash(actor=manager, ids=[gone.pk])
    assert contacts_erase(actor=manager, ids=[gone.pk]) == 1
    for model in (Site, Channel, Alias, Label, Link):
        assert not model.objects.filter(contact=gone.pk).exists()
    assert not ContactDocument.objects.filter(record_id=gone.pk).exists()
    assert not Change.objects.filter(record_type="contact", record_id=gone.pk).exists()
    about = Change.objects.filter(subject_type="contact")
    assert not about.filter(subject_id=gone.pk).exists()
    assert about.filter(subject_id=kept.pk).count() == before
    assert Link.objects.filter(contact=kept.pk).exists()
    assert ChangeSet.objects.latest("pk").note == "1 contact erased"
    assert contacts_erase(actor=manager, ids=[gone.pk]) == 0


def test_the_trash_is_paged_the_latest_first(manager: Any) -> None:
    ids = [make_contact(manager, name=f"Person {number}").pk for number in range(7)]
    for pk in ids:
        contacts_trash(actor=manager, ids=[pk])
    first = list_page(Trash(manager), per_page=3)
    second = list_page(Trash(manager), after=first.after, per_page=3)
    third = list_page(Trash(manager), after=second.after, per_page=3)
    pages = [[row[0] for row in page.rows] for page in (first, second, third)]
    assert [pk for page in pages for pk in page] == ids[::-1]
    back = list_page(Trash(manager), before=third.before, per_page=3)
    assert [row[0] for row in back.rows] == pages[1]


def test_the_listed_and_the_ticked_are_exported(
    three: list[Contact], manager: Any, agent: Any, signed_in: Any
) -> None:
    make_contact(agent, name="Hidden Person", accessibility="me")
    client = signed_in(manager)
    url = "/contacts/export/?kind=person&sort=-name"
    answer = client.post(url, {"listed": "1", "format": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [name in line for name, line in zip(("Cy", "Bo", "Ada"), lines[1:], strict=True)]
    assert "attachment" in answer["Content-Disposition"]
    answer = client.post("/contacts/export/", {"id": [three[1].pk], "format": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Bo" in lines[1]
    assert "<b>4 contacts</b>" in client.get("/contacts/export/").content.decode()
    assert signed_in(agent).post("/contacts/export/", {"format": "csv"}).status_code == 403


def test_a_large_trash_is_emptied_by_a_job_that_says_what_it_did(
    administrator: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kith.jobs.size.AT_ONCE", 1)
    contacts_trash(actor=administrator, ids=[make_contact().pk, make_contact().pk])
    signed_in(administrator).post("/contacts/trash/empty/")
    run_waiting()
    assert Job.objects.get().message == "2 contacts were erased for good."
    assert not Contact.objects.exists()
