"""Who leaves hands their contacts over: to a user, to a team in even shares, or to nobody."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kith.accounts.groups import team_save
from kith.accounts.models import SecurityEvent, User
from kith.contacts.models import Contact
from kith.contacts.services.handover import managers_replace
from kith.core.errors import Refused
from kith.history.models import ChangeSet
from kith.jobs import progress
from kith.jobs.models import Job, State
from kith.jobs.running import run
from kith.records.undo import undo
from tests.contacts import make_contact

SignIn = Callable[[User], Client]


def managers() -> Counter[int | None]:
    return Counter(Contact.objects.values_list("manager", flat=True))


def test_leaving_hands_contacts_to_another_in_one_step_that_can_be_undone(
    administrator: User, agent: User, manager: User, signed_in: SignIn
) -> None:
    for number in range(3):
        make_contact(name=f"Number {number}", manager=agent.pk)
    secret = make_contact(agent, name="Secret", accessibility="me", manager=agent.pk)
    client = signed_in(administrator)
    url = f"/settings/users/{agent.pk}/deactivate/"
    page = client.get(url).content.decode()
    assert "Of the contacts that you see, 3 are theirs" in page
    assert client.post(url, {"to": "user:999999"}).status_code == 422
    assert client.post(url, {"to": f"user:{manager.pk}"}).status_code == 302
    agent.refresh_from_db()
    assert not agent.is_active
    assert managers() == {manager.pk: 4}
    # What only they could see passes on, and only the new one sees it.
    assert signed_in(manager).get(f"/contacts/{secret.pk}/").status_code == 200
    assert client.get(f"/contacts/{secret.pk}/").status_code == 404
    assert SecurityEvent.objects.filter(kind="contacts-handed-over", user=agent).exists()
    changes = ChangeSet.objects.latest("pk")
    assert client.post(reverse("contacts:undo", args=[changes.pk])).status_code == 302
    assert managers() == {agent.pk: 4}


def test_what_only_somebody_who_left_could_see_is_handed_over_later(
    administrator: User, agent: User, manager: User, signed_in: SignIn
) -> None:
    """Nobody sees it, so it is not counted, and can be asked for all the same."""
    secret = make_contact(agent, name="Secret", accessibility="me", manager=agent.pk)
    client, url = signed_in(administrator), reverse("contacts:managers")
    sent = {"what": "replace", "old": agent.pk, "to": f"user:{manager.pk}", "go": "1"}
    assert client.post(url, sent).status_code == 422
    client.post(f"/settings/users/{agent.pk}/deactivate/", {"to": "keep"})
    assert f"{agent.name} (0)" in client.get(url).content.decode()
    assert client.post(url, sent).status_code == 302
    job = Job.objects.get(kind="hand-over", undo__gt="")
    assert f'action="{job.undo}"' in client.get("/jobs/").content.decode(), "few, and still there"
    assert signed_in(manager).get(f"/contacts/{secret.pk}/").status_code == 200


def test_a_team_takes_even_shares_and_nobody_is_a_choice(
    administrator: User, agent: User, make_user: Any
) -> None:
    mates = [make_user("agent") for _ in range(3)]
    gone = make_user("agent", is_active=False)
    members = [each.pk for each in (*mates, gone)]
    team = team_save(actor=administrator, name="Sales", members=members)
    for number in range(7):
        make_contact(name=f"Number {number}", manager=agent.pk)
    count, changes = managers_replace(actor=administrator, old=agent, team=team)
    assert count == 7
    assert sorted(managers().values()) == [2, 2, 3]
    assert changes
    assert not undo(actor=administrator, original=changes).kept
    assert managers() == {agent.pk: 7}
    managers_replace(actor=administrator, old=agent)
    assert managers() == {None: 7}
    empty = team_save(actor=administrator, name="Empty", members=[gone.pk])
    with pytest.raises(Refused):
        managers_replace(actor=administrator, old=agent, team=empty)


def test_many_are_handed_over_by_a_job_in_one_change_set(
    administrator: User, agent: User, manager: User, signed_in: SignIn, monkeypatch: Any
) -> None:
    monkeypatch.setattr("kith.jobs.size.AT_ONCE", 1)
    monkeypatch.setattr("kith.records.bulk.STEP", 1)
    for number in range(3):
        make_contact(name=f"Number {number}", manager=agent.pk)
    sent = {"to": f"user:{manager.pk}"}
    client = signed_in(administrator)
    client.post(f"/settings/users/{agent.pk}/deactivate/", sent)
    job = Job.objects.get(kind="hand-over")
    assert managers() == {agent.pk: 3}

    def killed(seen: int) -> None:
        raise progress.Interrupted

    begun = ChangeSet.objects.get(pk=job.arguments["change_set"])
    with pytest.raises(progress.Interrupted):
        managers_replace(actor=administrator, old=agent, new=manager, resume=begun, on_step=killed)
    assert managers() == {agent.pk: 2, manager.pk: 1}
    run(job.pk)
    job.refresh_from_db()
    told = f"3 contacts were handed over to {manager.name}."
    assert (job.message, job.done, job.total) == (told, 3, 3), "with what was done before the stop"
    assert managers() == {manager.pk: 3}
    assert ChangeSet.objects.latest("pk").pk == job.arguments["change_set"]
    assert f'action="{job.undo}"' in client.get("/jobs/").content.decode()
    assert f'data-undo="{job.undo}"' in client.get("/jobs/").content.decode(), "for its message"
    assert "3 changes" in client.get(job.undo).content.decode(), "also when it is reloaded"
    client.post(job.undo, {"sure": "1"})
    run(Job.objects.get(kind="undo").pk)
    assert managers() == {agent.pk: 3}
    assert f'action="{job.undo}"' not in client.get("/jobs/").content.decode()
    job.refresh_from_db()
    assert job.state == State.UNDONE
    assert client.get(reverse("contacts:undo", args=[begun.pk]))["Location"] == "/"
