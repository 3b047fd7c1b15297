"""History in words, and taking changes back from it."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.contacts.models import Contact
from kith.contacts.pages.loading import state_of
from kith.contacts.record import CONTACT
from kith.contacts.timeline import ICONS
from kith.history.models import ChangeSet, Door
from kith.jobs.models import Job
from kith.jobs.size import AT_ONCE
from kith.jobs.worker import run_waiting
from kith.records import telling
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.records.undo import UndoReport
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def told(client: Client, change: int) -> str:
    response = client.post(f"/changes/{change}/undo/")
    assert response.status_code == 302
    [message] = get_messages(response.wsgi_request)
    return str(message)


def history(client: Client, contact: Contact, query: str = "") -> str:
    return client.get(f"/contacts/{contact.pk}/?tab=history{query}").content.decode()


def test_history_tells_values_in_words(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(designation="Executive", mobile="+44 7700 900412", manager=agent.email)
    change_contact(
        contact, agent, designation="Export manager", mobile="+47 992 45 110", important="yes"
    )
    page = history(signed_in(agent), contact)
    for text in (
        f"<b>{agent.name}</b> changed 3 fields", ">Executive</del>", ">Export manager</ins>",
        "+44 7700 900412</del>", "+47 99 24 51 10</ins>", "<time datetime=",
    ):  # fmt: skip
        assert text in page, text
    assert "Account manager" in page


def test_history_says_through_which_door(agent: User, signed_in: SignIn) -> None:
    contact = make_contact()
    with change_set(actor=agent, door=Door.IMPORT, note="clients.xlsx") as changes:
        changes.save(CONTACT, Draft({"remarks": "From the sheet"}, id=contact.pk))
    with change_set(actor=SYSTEM, door=Door.COMMAND) as changes:
        changes.save(CONTACT, Draft({"remarks": "From a script"}, id=contact.pk))
    with change_set(actor=agent, door=Door.SETTINGS) as changes:
        changes.save(CONTACT, Draft({"remarks": "From a merge"}, id=contact.pk))
    page = history(signed_in(agent), contact)
    assert "by importing clients.xlsx" in page
    assert "on the command line" in page
    assert "in the settings" in page
    assert set(ICONS) == set(Door)


def test_history_comes_page_by_page_and_by_period(agent: User, signed_in: SignIn) -> None:
    contact = make_contact()
    for number in range(90):
        change_contact(contact, agent, remarks=f"Note {number:02}.")
    ChangeSet.objects.filter(pk__lte=ChangeSet.objects.earliest("pk").pk + 50).update(
        created_at="2001-01-01T00:00:00Z"
    )
    client = signed_in(agent)
    page, seen = history(client, contact), set()
    while True:
        seen |= {n for n in range(90) if f">Note {n:02}.</ins>" in page}
        if "before=" not in page:
            break
        url = next(p.split('"')[0] for p in page.split('hx-get="') if "before=" in p[:80])
        url = url.replace("&amp;", "&")
        page = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert len(seen) == 90
    assert "Note 10." not in history(client, contact, "&period=7d")
    assert "Note 89." in history(client, contact, "&period=7d")
    assert (
        client.get(
            f"/contacts/{contact.pk}/history/?before=x&period=zzz", headers={"HX-Request": "true"}
        ).status_code
        == 200
    )


def test_undo_takes_back_what_nobody_changed_since(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    contact = make_contact(district="Surat", remarks="Old")
    change = change_contact(contact, agent, district="Pune", remarks="New")
    change_contact(contact, manager, district="Rajkot")
    said = told(signed_in(agent), change)
    assert "Undone: 1 change" in said
    assert "District of Anjali Smithson" in said
    state = state_of(contact.pk)
    assert (state["district"], state["remarks"]) == ("Rajkot", "Old")
    assert "already" in told(signed_in(agent), change)


def test_who_may_undo(
    agent: User, manager: User, readonly: User, make_user: Callable[..., User], signed_in: SignIn
) -> None:
    contact = make_contact()
    change = change_contact(contact, agent, remarks="New")
    other = make_user("agent")
    for user, status in ((readonly, 403), (other, 404)):
        assert signed_in(user).post(f"/changes/{change}/undo/").status_code == status
        assert f"/changes/{change}/undo/" not in history(signed_in(user), contact)
    assert f"/changes/{change}/undo/" in history(signed_in(manager), contact)
    assert "Undone" in told(signed_in(manager), change)
    assert signed_in(manager).post("/changes/999999/undo/").status_code == 404
    again = signed_in(manager).get(f"/changes/{change}/undo/")
    assert again.status_code == 302, "It is undone already, and who reloads is led back."


def test_undo_says_how_many_it_left_that_are_out_of_reach(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    contacts = [make_contact(manager, remarks="Old", name=name) for name in ("Anjali", "Ishita")]
    with change_set(actor=agent, door=Door.SCREEN) as changes:
        changes.save_many(CONTACT, [Draft({"remarks": "New"}, id=each.pk) for each in contacts])
    change_contact(contacts[1], manager, accessibility="me")
    said = told(signed_in(agent), changes.record.pk)
    assert said == "Undone: 1 change. 1 record was left as it is: gone, or not yours to see."
    assert [state_of(each.pk)["remarks"] for each in contacts] == ["Old", "New"]


def test_a_change_of_a_hidden_contact_is_not_there_for_others(
    agent: User, manager: User, administrator: User, signed_in: SignIn
) -> None:
    hidden = make_contact(agent, accessibility="me")
    change = change_contact(hidden, agent, remarks="Secret")
    for user in (manager, administrator):
        assert signed_in(user).post(f"/changes/{change}/undo/").status_code == 404
    assert state_of(hidden.pk)["remarks"] == "Secret"


def test_delete_goes_to_the_trash_and_back(manager: User, agent: User, signed_in: SignIn) -> None:
    contact = make_contact(mobile="+91 93270 58088", tags="key")
    before = state_of(contact.pk)
    assert signed_in(agent).post(f"/contacts/{contact.pk}/delete/").status_code == 403
    client = signed_in(manager)
    assert b"into the trash" in client.get(f"/contacts/{contact.pk}/delete/").content
    response = client.post(f"/contacts/{contact.pk}/delete/")
    assert client.get(f"/contacts/{contact.pk}/").status_code == 404
    [toast] = get_messages(response.wsgi_request)
    assert client.post(toast.extra_tags).headers["Location"] == f"/contacts/{contact.pk}/"
    after = state_of(contact.pk)
    assert {k: v for k, v in after.items() if k != "version"} == {
        k: v for k, v in before.items() if k != "version"
    }


def test_a_large_set_is_undone_by_a_job(agent: User, signed_in: SignIn) -> None:
    with change_set(actor=agent, door=Door.IMPORT, note="big.xlsx") as changes:
        drafts = [Draft({"name": f"Row {number}"}) for number in range(AT_ONCE + 1)]
        changes.save_many(CONTACT, drafts)
    client = signed_in(agent)
    url, card = f"/changes/{changes.record.pk}/undo/", f"/contacts/{Contact.objects.first().pk}/"
    of = Contact.objects.first().pk
    asked = client.post(
        f"{url}?of={of}", headers={"Referer": f"http://testserver{card}"}
    ).content.decode()
    assert "whole import of <bdi><b>big.xlsx</b></bdi>, not only this contact: 501" in asked
    assert f'name="next" value="{card}' in asked
    assert not Job.objects.exists()
    response = client.post(url, {"sure": "yes", "next": card})
    assert response.headers["Location"] == card
    [message] = get_messages(response.wsgi_request)
    assert "being undone" in str(message)
    run_waiting()
    job = Job.objects.get()
    assert (job.state, job.message) == ("done", f"Undone: {AT_ONCE + 1} changes.")
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "javascript:x", "http://testserver//evil.example/"],
)
def test_undo_never_leads_elsewhere(agent: User, signed_in: SignIn, elsewhere: str) -> None:
    change = change_contact(make_contact(), agent, remarks="New")
    response = signed_in(agent).post(
        f"/changes/{change}/undo/?next={elsewhere}", headers={"Referer": elsewhere}
    )
    assert response.headers["Location"] == "/"


def test_what_was_undone_is_counted_as_everywhere_else(manager: User) -> None:
    assert telling.told(UndoReport(undone=2127), manager) == "Undone: 2,127 changes."


def test_one_contacts_history_takes_back_a_change_of_many_only_when_asked(
    manager: User, signed_in: SignIn
) -> None:
    contacts = [make_contact(remarks="Old", name=name) for name in ("Anjali", "Bela", "Chitra")]
    with change_set(actor=manager, door=Door.SCREEN, note="Many contacts changed") as changes:
        changes.save_many(CONTACT, [Draft({"remarks": "New"}, id=each.pk) for each in contacts])
    alone = change_contact(contacts[0], manager, district="Surat")
    client, pk = signed_in(manager), contacts[0].pk
    page = history(client, contacts[0])
    assert page.count("Part of one change of 3 contacts.") == 1
    url = f"/changes/{changes.record.pk}/undo/?of={pk}"
    assert f'action="{url}"' in page
    asked = client.post(url).content.decode()
    assert "“<bdi>Many contacts changed</bdi>”, not only this contact: 3 changes" in asked
    assert state_of(pk)["remarks"] == "New"
    assert client.post(f"/changes/{alone}/undo/?of={pk}").status_code == 302
    assert client.post(url, {"sure": "yes"}).status_code == 302
    assert [state_of(each.pk)["remarks"] for each in contacts] == ["Old"] * 3
