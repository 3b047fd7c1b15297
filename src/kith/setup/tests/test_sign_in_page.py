import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from kith.accounts import throttling
from kith.accounts.models import SecurityEvent, User
from kith.core import clock

GOOD = "correct horse battery"


@pytest.fixture
def ada(make_user: Callable[..., User]) -> User:
    user = make_user(email="ada@example.com", name="Ada")
    user.set_password(GOOD)
    user.save()
    return user


def post(client: Client, password: str = GOOD, **more: str):
    return client.post("/sign-in/", {"email": "ada@example.com", "password": password, **more})


def test_signing_in_leads_on_with_a_new_session_key(ada: User, client: Client) -> None:
    client.session.save()
    before = client.session.session_key
    answer = post(client, next="/profile/?x=1")
    assert (answer.status_code, answer["Location"]) == (302, "/profile/?x=1")
    assert client.session.session_key != before
    assert client.get("/profile/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil.example",
        "\x00//evil.example",
        "https://testserver@evil.example/",
    ],
)
def test_next_never_leads_elsewhere(ada: User, client: Client, elsewhere: str) -> None:
    assert post(client, next=elsewhere)["Location"] == "/"
    assert client.get("/sign-in/", {"next": elsewhere})["Location"] == "/"


def test_what_fails_is_told_plainly_and_the_e_mail_is_kept(ada: User, client: Client) -> None:
    answer = post(client, password="wrong")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "do not belong together" in text
    assert 'value="ada@example.com"' in text
    assert "wrong" not in text


def test_too_many_failures_say_how_long_to_wait(ada: User, client: Client) -> None:
    for _ in range(throttling.FAILURES_PER_ACCOUNT):
        post(client, password="wrong")
    answer = post(client)
    assert answer.status_code == 429
    assert "Try again in 15 minutes" in answer.content.decode()
    assert 0 < int(answer["Retry-After"]) <= 901


def test_before_there_is_anybody_it_says_how_to_make_the_first(db: None, client: Client) -> None:
    assert "kith createadmin" in client.get("/sign-in/").content.decode()


def test_signing_out_ends_the_session_and_only_by_post(ada: User, client: Client) -> None:
    post(client)
    page = client.get("/sign-out/")
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "<h1>This address shows nothing by itself</h1>" in page.content.decode()
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/profile/").status_code == 302
    kinds = list(SecurityEvent.objects.values_list("kind", flat=True))
    assert kinds == ["signed-out", "signed-in"]


def test_who_comes_back_late_is_told_and_led_back(
    ada: User, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(client)
    client.get("/profile/")
    later = clock.now() + timedelta(hours=13)
    monkeypatch.setattr(clock, "now", lambda: later)
    answer = client.get("/profile/")
    assert answer["Location"] == "/sign-in/?next=%2Fprofile%2F&ended=1"
    assert "You were away" in client.get(answer["Location"]).content.decode()


def test_who_was_signed_out_signs_in_above_the_page(ada: User) -> None:
    client, part = Client(enforce_csrf_checks=True), {"HX-Request": "true"}
    answer = client.post("/jobs/seen/", {}, headers=part)
    assert answer.status_code == 403, "without its token nothing is even asked"
    token = json.loads(answer["HX-Trigger"])["fresh-token"]["token"]
    sent = {"csrfmiddlewaretoken": token}
    answer = client.post("/jobs/seen/", sent, headers=part)
    assert answer.status_code == 401
    assert "signed-out" in answer["HX-Trigger"]
    assert not answer.content
    assert client.get("/sign-in/still/").json() == {"inside": False, "token": ""}
    assert b"<html" not in client.get("/sign-in/", headers=part).content
    wrong = client.post("/sign-in/", sent | {"email": ada.email, "password": "x"}, headers=part)
    assert wrong.status_code == 422
    answer = client.post("/sign-in/", sent | {"email": ada.email, "password": GOOD}, headers=part)
    assert answer.status_code == 204
    told = json.loads(answer["HX-Trigger"])["signed-in"]
    assert told["user"] == ada.pk
    assert client.post("/jobs/seen/", sent, headers=part).status_code == 403
    for fresh in (told["token"], client.get("/sign-in/still/").json()["token"]):
        sent = {"csrfmiddlewaretoken": fresh}
        assert client.post("/jobs/seen/", sent, headers=part).status_code == 302


def test_a_form_sent_too_late_leads_back_to_its_page(ada: User, client: Client) -> None:
    answer = client.post("/profile/", headers={"Referer": "http://testserver/profile/"})
    assert answer["Location"] == "/sign-in/?next=%2Fprofile%2F&lost=1"
    assert "had typed was not saved" in client.get(answer["Location"]).content.decode()
    answer = client.post("/profile/", headers={"Referer": "http://evil.example/profile/"})
    assert answer["Location"] == "/sign-in/?next=%2F&lost=1"


def test_a_chosen_theme_comes_along_to_a_new_browser(ada: User, client: Client) -> None:
    ada.preferences = {"theme": "dark"}
    ada.save()
    assert post(client).cookies["theme"].value == "dark"


@pytest.mark.parametrize("where", ["", "x" * 300, "a@b\n2026 INFO kith.security: signed-in"])
def test_odd_addresses_are_only_wrong(db: None, client: Client, where: str) -> None:
    answer = client.post("/sign-in/", {"email": where, "password": "x"})
    assert answer.status_code == 422
