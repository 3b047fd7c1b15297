"""Who may see a contact: all users, only me, or chosen users, teams and divisions."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from kith.accounts.models import Audience, Team, TeamMember, User
from kith.contacts.models import Contact
from kith.history.models import ChangeSet
from tests.contacts import change_contact, make_contact

SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def save(client: Client, contact: Contact, **sent: Any) -> Any:
    contact.refresh_from_db()
    url = f"/contacts/{contact.pk}/fields/accessibility/"
    return client.post(url, {**sent, "version": contact.version}, headers=HTMX)


def seen(client: Client, contact: Contact) -> tuple[bool, bool]:
    """On the card, and in the list."""
    listed = contact.name in client.get("/contacts/").content.decode()
    return client.get(f"/contacts/{contact.pk}/").status_code == 200, listed


def test_chosen_users_and_teams_see_it_and_nobody_else(
    agent: User, manager: User, readonly: User, make_user: Any, signed_in: SignIn
) -> None:
    contact, mate = make_contact(manager, name="Quiet Deal"), make_user("agent")
    team = Team.objects.create(name="Sales", folded="sales")
    TeamMember.objects.create(team=team, user=mate)
    chosen = {"accessibility": "selected"}
    client = signed_in(manager)
    members = [f"user:{manager.pk}", f"user:{readonly.pk}", f"team:{team.pk}"]
    saved = save(client, contact, **chosen, **{"accessibility-members": members})
    assert "Sales" in saved.content.decode()
    for user, sees in ((manager, True), (readonly, True), (mate, True), (agent, False)):
        assert seen(signed_in(user), contact) == (sees, sees)
    # The same members are the same audience, whichever contact names them.
    other = make_contact(manager, name="Another")
    save(client, other, **chosen, **{"accessibility-members": members[::-1]})
    assert Audience.objects.count() == 2
    assert "Quiet Deal" in client.get("/contacts/?visible=restricted", follow=True).content.decode()
    assert "Quiet Deal" not in client.get("/contacts/?visible=public", follow=True).content.decode()
    # Who leaves the team no longer sees it.
    TeamMember.objects.all().delete()
    assert seen(signed_in(mate), contact) == (False, False)


def test_who_would_lock_themselves_out_is_asked_once_more(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    contact, client = make_contact(agent), signed_in(agent)
    none = save(client, contact, accessibility="selected")
    assert none.status_code == 422
    assert "at least one" in none.content.decode()
    sent: Any = {"accessibility": "selected", "accessibility-members": [f"user:{manager.pk}"]}
    asked = save(client, contact, **sent)
    assert asked.status_code == 422
    assert "no longer see this contact yourself" in asked.content.decode()
    sure = f"user:{manager.pk}"
    assert f'value="{sure}"' in asked.content.decode()
    assert save(client, contact, **sent, **{"accessibility-sure": sure}).status_code == 200
    assert seen(client, contact) == (False, False)
    shown = signed_in(manager).get(f"/contacts/{contact.pk}/").content.decode()
    assert "Only me" in shown
    # Undo brings it back, unless somebody has written into it what is not for them to see.
    given = ChangeSet.objects.latest("pk")
    client.post(f"/changes/{given.pk}/undo/")
    assert seen(client, contact) == (True, True)
    save(client, contact, **sent, **{"accessibility-sure": sure})
    change_contact(contact, manager, remarks="A secret")
    client.post(f"/changes/{ChangeSet.objects.order_by('-pk')[1].pk}/undo/")
    assert seen(client, contact) == (False, False)
    # "Only me" is whoever says so, not whoever made it.
    undo = save(signed_in(manager), contact, accessibility="all")
    assert undo.status_code == 200
    assert seen(client, contact) == (True, True)
