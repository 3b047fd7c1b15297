import re
from collections.abc import Callable

import pytest
from django.test import Client

from kith.accounts.models import SecurityEvent, User

GOOD = "correct horse battery"
NEW = {"name": "Ingrid", "email": "Ingrid@Example.com", "role": "manager", "employee_code": "E7"}


@pytest.fixture
def admin(administrator: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(administrator)


def test_a_user_is_added_with_a_password_set_by_hand(admin: Client, administrator: User) -> None:
    answer = admin.post("/settings/users/new/", {**NEW, "password": GOOD})
    assert answer["Location"] == "/settings/users/"
    user = User.objects.get(email="ingrid@example.com")
    assert (user.name, user.role_id, user.employee_code) == ("Ingrid", "manager", "E7")
    assert user.check_password(GOOD)
    assert SecurityEvent.objects.get().actor == administrator


def test_a_made_password_is_shown_once_and_works(admin: Client, client: Client) -> None:
    page = admin.post("/settings/users/new/", NEW).content.decode()
    found = re.search(r"<output[^>]*>([^<]+)</output>", page)
    assert found
    assert User.objects.get(email="ingrid@example.com").check_password(found[1])
    assert found[1] not in admin.get("/settings/users/").content.decode()
    answer = client.post("/sign-in/", {"email": "ingrid@example.com", "password": found[1]})
    assert answer.status_code == 302


def test_a_form_sent_twice_shows_another_password_until_it_is_used(
    admin: Client, client: Client
) -> None:
    drawn = admin.get("/settings/users/new/").content.decode()
    typed = {**NEW, "once": re.search(r'name="once" value="([^"]+)"', drawn)[1]}
    url = "/settings/users/new/"
    shown = [
        re.search(r"<output[^>]*>([^<]+)</output>", admin.post(url, typed).content.decode())[1]
        for _time in range(2)
    ]
    user = User.objects.get(email="ingrid@example.com")
    assert shown[0] != shown[1]
    assert user.check_password(shown[1])
    assert user.must_change_password
    # Who was sent an invitation, or given a password, is led on and keeps it.
    for other in ({"password": GOOD}, {"invite": "on"}):
        email = f"{next(iter(other))}@example.com"
        first = {**typed, **other, "email": email, "employee_code": ""}
        admin.post(url, first)
        made = User.objects.get(email=email)
        assert admin.post(url, first)["Location"] == f"/settings/users/{made.pk}/"
        assert User.objects.get(pk=made.pk).password == made.password
    # So it is once the user has signed in.
    client.post("/sign-in/", {"email": user.email, "password": shown[1]})
    assert admin.post(url, typed)["Location"] == f"/settings/users/{user.pk}/"
    assert User.objects.get(pk=user.pk).check_password(shown[1])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "no"}, "valid email"),
        ({"email": "taken@example.com"}, "already a user"),
        ({"role": "emperor"}, "not one of the available choices"),
        ({"employee_code": "e1"}, "Another user has this employee code"),
        ({"employee_code": "e1", "email": "TAKEN@example.com"}, "already a user"),
        ({"password": "short"}, "10 characters"),
        ({"name": "x" * 121}, "120"),
        ({"name": ""}, "required"),
    ],
)
def test_what_is_wrong_is_said_and_nobody_is_made(
    admin: Client, make_user, wrong: dict[str, str], said: str
) -> None:
    make_user(email="taken@example.com", employee_code="E1")
    before = User.objects.count()
    answer = admin.post("/settings/users/new/", {**NEW, "password": GOOD, **wrong})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'href="#id_{next(iter(wrong))}"' in page
    assert User.objects.count() == before


def test_details_and_role_are_changed(admin: Client, agent: User) -> None:
    assert admin.post(f"/settings/users/{agent.pk}/", NEW).status_code == 302
    agent.refresh_from_db()
    assert (agent.email, agent.role_id) == ("ingrid@example.com", "manager")


def test_the_last_administrator_keeps_the_role(admin: Client, administrator: User) -> None:
    url = f"/settings/users/{administrator.pk}/"
    answer = admin.post(url, {**NEW, "role": "agent"})
    assert answer.status_code == 422
    assert "last administrator" in answer.content.decode()
    assert admin.post(f"{url}deactivate/").status_code == 400


def test_a_set_password_ends_the_sessions_of_that_user(
    admin: Client, agent: User, signed_in: Callable[[User], Client]
) -> None:
    theirs = signed_in(agent)
    url = f"/settings/users/{agent.pk}/password/"
    assert admin.post(url, {"password": "short"}).status_code == 422
    assert theirs.get("/profile/").status_code == 200
    assert admin.post(url, {"password": GOOD}).status_code == 302
    assert theirs.get("/profile/").status_code == 302
    page = admin.post(url, {"password": ""}).content.decode()
    assert "<output" in page


def test_one_who_is_deactivated_is_out_at_once_and_comes_back(
    admin: Client, agent: User, signed_in: Callable[[User], Client]
) -> None:
    theirs = signed_in(agent)
    url = f"/settings/users/{agent.pk}/"
    assert admin.post(f"{url}deactivate/").status_code == 302
    assert theirs.get("/profile/").status_code == 302
    assert agent.email not in admin.get("/settings/users/").content.decode()
    assert agent.email in admin.get("/settings/users/?state=inactive").content.decode()
    assert admin.post(f"{url}reactivate/").status_code == 302
    assert theirs.get("/profile/").status_code == 302
    agent.refresh_from_db()
    assert signed_in(agent).get("/profile/").status_code == 200


def test_ending_the_sessions_of_somebody(
    admin: Client, agent: User, administrator: User, signed_in: Callable[[User], Client]
) -> None:
    theirs = signed_in(agent)
    admin.post(f"/settings/users/{agent.pk}/sessions/")
    assert theirs.get("/profile/").status_code == 302
    admin.post(f"/settings/users/{administrator.pk}/sessions/")
    assert admin.get("/profile/").status_code == 200


def test_the_list_is_searched_by_parts(admin: Client, make_user) -> None:
    make_user(name="Ingrid Ødegård", email="ingrid@example.com", employee_code="E7")
    for query in ("ing", "ØDEG", "odegard", "INGRID@", "e7", "ing ødeg"):
        assert "ingrid@example.com" in admin.get("/settings/users/", {"q": query}).content.decode()
    page = admin.get("/settings/users/", {"q": "<b>nobody"}).content.decode()
    assert "Nobody is called “&lt;b&gt;nobody”" in page


def test_the_list_costs_the_same_for_many(
    admin: Client, make_user, django_assert_max_num_queries
) -> None:
    for _ in range(20):
        make_user()
    admin.get("/settings/users/")
    with django_assert_max_num_queries(6):
        admin.get("/settings/users/")


@pytest.mark.parametrize("role", ["manager", "agent", "readonly"])
def test_others_may_not(make_user, signed_in, role: str, administrator: User) -> None:
    client = signed_in(make_user(role))
    pages = ("/settings/users/", "/settings/users/new/", "/settings/users/1/")
    assert {client.get(page).status_code for page in pages} == {403}
    posts = ("password", "deactivate", "reactivate", "sessions")
    answers = {client.post(f"/settings/users/{administrator.pk}/{p}/").status_code for p in posts}
    assert answers == {403}
    # A manager passes contacts on, which is a setting too; nothing of it is about users.
    assert (client.get("/settings/").status_code == 200) == (role == "manager")
    assert "/settings/users/" not in client.get("/settings/managers/").content.decode()
