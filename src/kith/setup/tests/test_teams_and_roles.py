"""Teams, divisions and roles as an administrator keeps them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kith.accounts.models import (
    Division,
    DivisionMember,
    Role,
    SecurityEvent,
    Team,
    TeamMember,
    User,
)
from kith.accounts.permissions import Permission
from tests.contacts import make_contact

SignIn = Callable[[User], Client]


@pytest.fixture
def admin(administrator: User, signed_in: SignIn) -> Client:
    return signed_in(administrator)


def test_a_team_is_made_changed_archived_and_removed(
    admin: Client, agent: User, manager: User
) -> None:
    sent: dict[str, Any] = {"name": "Søuth", "members": [agent.pk], "supervisors": [manager.pk]}
    assert admin.post("/settings/teams/new/", sent).status_code == 302
    team = Team.objects.get()
    members = dict(TeamMember.objects.values_list("user", "is_supervisor"))
    assert members == {agent.pk: False, manager.pk: True}
    assert manager.name in admin.get("/settings/teams/").content.decode()
    twice = admin.post("/settings/teams/new/", {"name": "SOUTH"})
    assert twice.status_code == 422
    assert "already one with this name" in twice.content.decode()
    url = f"/settings/teams/{team.pk}/"
    admin.post(url, {"name": "South", "members": [agent.pk], "archived": "on"})
    assert dict(TeamMember.objects.values_list("user", "is_supervisor")) == {agent.pk: False}
    admin.get("/settings/teams/")  # Says that it was saved.
    assert "South" not in admin.get("/settings/teams/").content.decode()
    assert "South" in admin.get("/settings/teams/?state=archived").content.decode()
    make_contact(manager, accessibility=[f"team:{team.pk}", f"user:{manager.pk}"])
    assert admin.post(f"{url}remove/").status_code == 400
    assert Team.objects.exists()
    kinds = set(SecurityEvent.objects.values_list("kind", flat=True))
    assert SecurityEvent.Kind.TEAM_SAVED in kinds


def test_a_user_and_a_contact_belong_to_divisions(admin: Client, agent: User) -> None:
    admin.post("/settings/divisions/new/", {"name": "North", "members": [agent.pk]})
    division = Division.objects.get()
    assert DivisionMember.objects.get().user == agent
    page = admin.get(f"/settings/users/{agent.pk}/").content.decode()
    assert f'<option value="{division.pk}" selected>North' in page
    contact = make_contact(divisions="north")
    shown = admin.get(f"/contacts/{contact.pk}/").content.decode()
    assert "North" in shown
    assert admin.post(f"/settings/divisions/{division.pk}/remove/").status_code == 400
    assert Division.objects.exists()
    details = {"name": agent.name, "email": agent.email, "role": "agent", "divisions": ""}
    admin.post(f"/settings/users/{agent.pk}/", {k: v for k, v in details.items() if v})
    assert not DivisionMember.objects.exists()


def test_a_role_of_ones_own_lets_do_what_it_says(
    admin: Client, make_user: Any, signed_in: SignIn
) -> None:
    page = admin.get("/settings/roles/new/?from=readonly").content.decode()
    assert page.count(" checked") == 1
    blind = admin.post("/settings/roles/new/", {"name": "Blind"}, follow=True).content.decode()
    assert "Saved Blind. Its people can see no contact." in blind
    assert ">Nothing<" in blind
    sent = {"name": "Exporter", "permission": [Permission.CONTACT_EXPORT.value]}
    assert admin.post("/settings/roles/new/", sent).status_code == 302
    again = admin.post("/settings/roles/new/", {**sent, "name": "EXPÓRTER"})
    assert (again.status_code, b"already a role with this name" in again.content) == (422, True)
    role = Role.objects.get(name="Exporter")
    assert role.allowed == {Permission.CONTACT_EXPORT, Permission.CONTACT_SEE}
    clerk = make_user(role.key)
    client = signed_in(clerk)
    assert client.get("/contacts/").status_code == 200
    assert client.get("/contacts/quick/").status_code == 403
    assert admin.post(f"/settings/roles/{role.key}/remove/").status_code == 400
    sent["permission"] = [Permission.CONTACT_CREATE.value]
    admin.post(f"/settings/roles/{role.key}/", sent)
    assert client.get("/contacts/quick/").status_code == 200
    # A built-in one is changed and put back; that of the administrators stays as it is.
    admin.post("/settings/roles/agent/", {"name": "Agent", "permission": []})
    assert not Role.objects.get(key="agent").allowed
    admin.post("/settings/roles/agent/reset/")
    assert Permission.CONTACT_EDIT in Role.objects.get(key="agent").allowed
    assert admin.post("/settings/roles/administrator/", {"name": "X"}).status_code == 422


def test_nobody_gives_more_than_they_have(
    make_user: Any, administrator: User, signed_in: SignIn
) -> None:
    held = [Permission.USER_MANAGE.value, Permission.ROLE_MANAGE.value]
    Role.objects.create(key="helper", name="Helper", permissions=held)
    helper = make_user("helper")
    client = signed_in(helper)
    details = {"name": helper.name, "email": helper.email, "role": "administrator"}
    assert client.post(f"/settings/users/{helper.pk}/", details).status_code == 422
    chief = f"/settings/users/{administrator.pk}/"
    assert client.post(f"{chief}password/", {"password": "x" * 20}).status_code == 400
    assert client.post(f"{chief}deactivate/").status_code == 400
    more = {"name": "Helper", "permission": [*held, Permission.SETTINGS_MANAGE.value]}
    assert client.post("/settings/roles/helper/", more).status_code == 422
    helper.refresh_from_db()
    assert helper.role_id == "helper"
