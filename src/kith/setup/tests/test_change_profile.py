from collections.abc import Callable

import pytest
from django.test import Client

from kith.accounts.models import SecurityEvent, User

OLD, NEW = "correct horse battery", "purple monkey dishwasher"
CHANGE = {"current": OLD, "new": NEW, "again": NEW}


@pytest.fixture
def ada(make_user: Callable[..., User]) -> User:
    user = make_user(email="ada@example.com", name="Ada")
    user.set_password(OLD)
    user.save()
    return user


def test_name_zone_and_colours_are_kept(ada: User, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(ada)
    sent = {"name": "Ada L.", "language": "en-gb", "time_zone": "Asia/Kolkata", "theme": "dark"}
    answer = client.post("/profile/", sent)
    assert answer.status_code == 302
    assert answer.cookies["theme"].value == "dark"
    ada.refresh_from_db()
    assert ada.name == sent.pop("name")
    assert ada.preferences == sent
    page = client.get("/profile/").content.decode()
    assert 'lang="en-gb"' in page
    assert 'data-bs-theme="dark"' in page


def test_what_is_not_offered_is_refused(ada: User, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(ada)
    for wrong in ({"language": "xx"}, {"time_zone": "../etc/passwd"}, {"theme": "x"}, {"name": ""}):
        assert client.post("/profile/", {"name": "Ada", **wrong}).status_code == 422


def test_a_new_password_ends_the_other_sessions_and_not_this_one(
    ada: User, signed_in: Callable[[User], Client]
) -> None:
    client, other = signed_in(ada), signed_in(ada)
    before = client.session.session_key
    assert client.post("/profile/password/", CHANGE).status_code == 302
    assert client.session.session_key != before
    assert client.get("/profile/").status_code == 200
    assert other.get("/profile/").status_code == 302
    ada.refresh_from_db()
    assert ada.check_password(NEW)
    assert SecurityEvent.objects.get().kind == "password-changed"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"current": "no"}, "not your current password"),
        ({"again": "other"}, "not the same"),
        ({"new": "short", "again": "short"}, "10 characters"),
        ({"new": "ada@example.com", "again": "ada@example.com"}, "too similar"),
        ({"new": "", "again": ""}, "required"),
        ({"new": "x" * 600, "again": "x" * 600}, "512"),
        (
            {"current": "no", "new": "short", "again": "other"},
            "not your current password|10 characters|not the same",
        ),
    ],
)
def test_a_password_is_changed_by_the_rules(
    ada: User, signed_in: Callable[[User], Client], wrong: dict[str, str], said: str
) -> None:
    answer = signed_in(ada).post("/profile/password/", {**CHANGE, **wrong})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert all(each in text for each in said.split("|"))
    assert OLD not in text
    ada.refresh_from_db()
    assert ada.check_password(OLD)


def test_guessing_the_current_password_is_held_back(
    ada: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(ada)
    for _ in range(10):
        client.post("/profile/password/", {**CHANGE, "current": "guess"})
    answer = client.post("/profile/password/", CHANGE)
    assert "Too many failed attempts" in answer.content.decode()


def test_signing_out_everywhere_else(ada: User, signed_in: Callable[[User], Client]) -> None:
    client, other = signed_in(ada), signed_in(ada)
    assert client.post("/profile/sign-out-everywhere/").status_code == 302
    assert client.get("/profile/").status_code == 200
    assert other.get("/profile/").status_code == 302
