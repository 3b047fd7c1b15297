"""One change to many contacts: ticked or all that are listed, shown before, undone as one."""

from typing import Any

from django.urls import reverse

from kith.accounts.models import Role, Team, TeamMember
from kith.contacts.context import reading_context
from kith.contacts.models import Contact, Label
from kith.contacts.record import CONTACT
from kith.contacts.services.bulk import Act, Do, contacts_change
from kith.history.models import Change, ChangeSet
from kith.jobs.models import Job
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.reference.models import Option

BULK = "/contacts/bulk/"


def save(actor: Any, *contacts: dict[str, Any]) -> list[int]:
    with change_set(actor=actor, door="screen", context=reading_context("IN")) as changes:
        return list(changes.save_many(CONTACT, [Draft(values) for values in contacts]))


def tagged(name: str) -> set[int]:
    rows = Label.objects.filter(kind="tags", option__name=name)
    return set(rows.values_list("contact_id", flat=True))


def undo(client: Any) -> None:
    client.post(reverse("contacts:undo", args=[ChangeSet.objects.latest("pk").pk]))


def test_tags_for_all_that_are_listed(manager: Any, agent: Any, signed_in: Any) -> None:
    mine = save(manager, *({"name": f"Ann {n}", "tags": "old"} for n in range(60)))
    other = save(manager, {"name": "Bob"})
    hidden = save(agent, {"name": "Ann Hidden", "accessibility": "me"})
    key = Option.objects.create(
        list_name="tag", name="key", folded="key", created_at="2026-01-01T00:00Z",
        updated_at="2026-01-01T00:00Z",
    )  # fmt: skip
    client = signed_in(manager)
    page = client.get("/contacts/?q=ann").content.decode()
    assert "data-select-all" in page
    asked = client.post(f"{BULK}?q=ann", {"all": "1"}).content.decode()
    assert "<b>60</b>" in asked
    assert "Ann Hidden" not in asked
    assert '<option value="add:tags">' in asked
    assert (
        asked.index('"set:industry"') < asked.index('"remove:tags"') < asked.index('"clear:tags"')
    )
    assert client.get(f"{BULK}?q=ann&act=add:tags")["Location"] == "/contacts/?q=ann"
    value = client.post(f"{BULK}?q=ann", {"all": "1", "act": "add:tags"}).content.decode()
    assert "<bdi>old</bdi> <b>60</b>" in value
    assert "<bdi>Ann 0</bdi></dt><dd><bdi>old</bdi>" in value
    assert "… and 55 more." in value
    assert 'name="go"' in value
    assert 'name="tags"' in value
    go = {"all": "1", "act": "add:tags", "go": "1"}
    assert client.post(f"{BULK}?q=ann", go).status_code == 422
    done = client.post(f"{BULK}?q=ann", go | {"tags": f"id:{key.pk}"}, follow=True)
    assert "60 contacts were changed." in done.content.decode()
    assert tagged("key") == {*mine}
    assert tagged("old") == {*mine}
    [line] = Job.objects.filter(user=manager)
    assert (line.can_undo, line.is_new, line.message) == (True, False, "60 contacts were changed.")
    assert f'action="{line.undo}"' in client.get("/jobs/").content.decode()
    undo(client)
    line.refresh_from_db()
    assert not line.can_undo
    assert tagged("key") == set()
    assert tagged("old") == {*mine}
    assert not {*hidden, *other} & tagged("old")
    # What is not understood is done to nobody.
    answer = client.post(f"{BULK}?q=ann+created:soon", go | {"tags": f"id:{key.pk}"})
    assert answer.status_code == 400
    assert tagged("key") == set()


def test_managers_in_even_shares_fields_and_the_trash(
    manager: Any, agent: Any, readonly: Any, signed_in: Any
) -> None:
    ids = save(manager, *({"name": f"Ann {n}"} for n in range(4)))
    (hidden,) = save(agent, {"name": "Hidden", "accessibility": "me"})
    team = Team.objects.create(name="North", folded="north")
    for user in (manager, agent):
        TeamMember.objects.create(team=team, user=user)
    client = signed_in(manager)
    ticked = {"id": [*ids, hidden], "go": "1"}
    client.post(BULK, ticked | {"act": "share:manager", "team": team.pk})
    shares = list(Contact.objects.filter(pk__in=ids).values_list("manager", flat=True))
    assert sorted(shares) == sorted([manager.pk, agent.pk] * 2)
    assert Contact.objects.get(pk=hidden).manager_id is None
    client.post(BULK, ticked | {"act": "clear:manager"})
    assert not Contact.objects.filter(pk__in=ids).exclude(manager=None).exists()
    undo(client)
    assert not Contact.objects.filter(pk__in=ids, manager=None).exists()
    client.post(BULK, ticked | {"act": "set:priority", "priority": "4"})
    assert Contact.objects.filter(priority=4).count() == 4
    client.get("/contacts/")
    client.post(BULK, ticked | {"act": "set:priority", "priority": "4"})
    said = client.get("/contacts/").content.decode().split('id="toasts"')[1]
    assert "4 were so already." in said
    assert "/undo/" not in said
    client.post(f"{BULK}?act=trash", {"id": ids[:2]})
    assert Contact.objects.exclude(trashed_at=None).count() == 2
    undo(client)
    assert Contact.objects.exclude(trashed_at=None).count() == 0
    assert client.post(BULK, ticked | {"act": "set:name"}).status_code == 404
    assert client.post(BULK, {}).status_code == 302
    for user in (agent, readonly):
        assert signed_in(user).post(BULK, ticked | {"act": "clear:manager"}).status_code == 403


def test_what_a_contact_cannot_take_is_told(manager: Any, make_user: Any) -> None:
    ids = save(manager, {"name": "Ann"}, {"name": "Firm", "kind": "company"})
    report = contacts_change(actor=manager, ids=ids, act=Act(Do.SET, "priority", 3))
    assert (report.done, report.same, report.refused) == (2, 0, 0)
    more = [*ids, *save(manager, {"name": "Bo"})]
    report = contacts_change(actor=manager, ids=more, act=Act(Do.SET, "priority", 3))
    assert str(report) == "1 contact was changed. 2 were so already."
    again = contacts_change(actor=manager, ids=ids, act=Act(Do.ADD, "tags", []))
    assert again.done == 0
    hidden = save(make_user("agent"), {"name": "Quiet", "accessibility": "me"})
    late = contacts_change(
        actor=manager, ids=[*ids, *hidden, 10**6], act=Act(Do.SET, "priority", 2)
    )
    assert late.done == 2
    assert Contact.objects.get(pk=hidden[0]).priority != 2


def test_what_is_begun_again_does_nothing_twice_and_tells_the_whole(manager: Any) -> None:
    ids = save(manager, {"name": "Ann"}, {"name": "Bob"}, {"name": "Cy", "priority": 3})
    for act, same in ((Act(Do.SET, "priority", 3), 1), (Act(Do.TRASH), 0)):
        first = contacts_change(actor=manager, ids=ids[:1], act=act)
        again = contacts_change(actor=manager, ids=ids, act=act, resume=first.record)
        assert (first.done, again.done, again.same) == (1, 3 - same, same)
        assert Change.objects.filter(change_set=first.record).count() == 3 - same


def test_many_are_deleted_in_few_queries(manager: Any, django_assert_max_num_queries: Any) -> None:
    ids = save(manager, *({"name": f"Ann {n}"} for n in range(30)))
    with django_assert_max_num_queries(25):
        assert contacts_change(actor=manager, ids=ids, act=Act(Do.TRASH)).done == 30


def test_account_manager_configuration(
    manager: Any, agent: Any, readonly: Any, signed_in: Any, make_user: Any
) -> None:
    new = make_user(name="New Manager")
    ids = save(manager, *({"name": f"Ann {n}", "manager": agent.pk} for n in range(3)))
    (other,) = save(manager, {"name": "Bob", "manager": manager.pk})
    client, url = signed_in(manager), "/settings/managers/"
    assert f"{agent.name} (3)" in client.get(url).content.decode()
    assert client.post(url, {"what": "replace", "old": agent.pk}).status_code == 422
    assert client.post(url, {"what": "remove", "old": "9" * 5000}).status_code == 422
    same = {"what": "replace", "old": agent.pk, "to": f"user:{agent.pk}"}
    assert client.post(url, same).status_code == 422
    wish = {"what": "replace", "old": agent.pk, "to": f"user:{new.pk}"}
    shown = client.post(url, wish).content.decode()
    assert f"3 contacts of {agent.name} will be" in shown
    assert f"<bdi>Ann 0</bdi></dt><dd><bdi>{agent.name}</bdi>" in shown
    assert Contact.objects.filter(manager=agent).count() == 3
    client.post(url, wish | {"go": "1"})
    assert set(Contact.objects.filter(manager=new).values_list("pk", flat=True)) == {*ids}
    undo(client)
    assert Contact.objects.filter(manager=agent).count() == 3
    client.post(url, {"what": "remove", "old": agent.pk, "go": "1"})
    assert Contact.objects.filter(manager=None, pk__in=ids).count() == 3
    undo(client)
    client.post(url, {"what": "remove-all", "go": "1"})
    assert not Contact.objects.exclude(manager=None).exists()
    nothing = client.post(url, {"what": "remove-all"})
    assert (nothing.status_code, "nothing to change" in nothing.content.decode()) == (422, True)
    undo(client)
    assert Contact.objects.get(pk=other).manager_id == manager.pk
    assert Contact.objects.filter(manager=agent).count() == 3
    sees = ["contacts:contact:see", "contacts:contact:bulk"]
    Role.objects.create(key="looks", name="Changes none", permissions=sees)
    for user in (agent, readonly, make_user("looks")):
        assert signed_in(user).get(url).status_code == 403


def test_who_takes_contacts_over_sees_none_that_their_manager_keeps_private(
    manager: Any, agent: Any, signed_in: Any
) -> None:
    (shared,) = save(manager, {"name": "Ann", "manager": agent.pk})
    (secret,) = save(agent, {"name": "Quiet", "manager": agent.pk, "accessibility": "me"})
    client, card = signed_in(manager), f"/contacts/{secret}/"
    wish = {"what": "replace", "old": agent.pk, "to": f"user:{manager.pk}", "go": "1"}
    assert client.post("/settings/managers/", wish).status_code == 302
    assert Contact.objects.get(pk=shared).manager_id == manager.pk
    assert Contact.objects.get(pk=secret).manager_id == agent.pk
    assert client.get(card).status_code == 404
    assert signed_in(agent).get(card).status_code == 200
