"""An invitation by mail, a first password of one's own, and the log of it all."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from kith.accounts.models import User

SignIn = Callable[[User], Client]
NEW = {"name": "Ingrid", "email": "ingrid@example.com", "role": "agent", "invite": "on"}
OWN = {"new": "correct horse battery", "again": "correct horse battery"}


@pytest.fixture
def admin(administrator: User, signed_in: SignIn) -> Client:
    return signed_in(administrator)


def test_an_invitation_lets_choose_a_password_once(admin: Client, settings: Any) -> None:
    settings.MAILS = True
    assert admin.post("/settings/users/new/", NEW).status_code == 302
    found = re.search(r"https?://[^/]+(/invitation/\S+)", str(mail.outbox[0].body))
    assert found
    assert mail.outbox[0].to == ["ingrid@example.com"]
    client, link = Client(), found[1]
    assert "Welcome, Ingrid" in client.get(link).content.decode()
    assert client.post(link, {"new": "short", "again": "short"}).status_code == 422
    assert client.post(link, OWN).status_code == 302
    assert client.get("/contacts/").status_code == 200
    assert Client().get(link).status_code == 404
    assert Client().post(link, OWN).status_code == 404
    log = admin.get("/settings/security/?kind=user-invited").content.decode()
    assert "Ingrid" in log
    assert "Ingrid" not in admin.get("/settings/security/?q=nobody-such").content.decode()


def test_without_mail_the_link_is_shown_and_a_new_one_ends_the_old(
    admin: Client, agent: User
) -> None:
    url = f"/settings/users/{agent.pk}/invite/"
    first, second = (
        re.search(r"(/invitation/[^<\s]+)", admin.post(url).content.decode()) for _ in range(2)
    )
    assert first
    assert second
    assert Client().get(first[1]).status_code == 404
    assert Client().get(second[1]).status_code == 200
    assert "One person can sign in." in admin.get("/settings/").content.decode()
    User.objects.filter(pk=agent.pk).update(is_active=False)
    assert Client().get(second[1]).status_code == 404


def test_a_password_that_somebody_set_is_replaced_first(
    admin: Client, agent: User, client: Client
) -> None:
    given = "handed over by hand"
    admin.post(f"/settings/users/{agent.pk}/password/", {"password": given})
    client.post("/sign-in/", {"email": agent.email, "password": given})
    assert client.get("/contacts/")["Location"] == "/profile/"
    page = client.get("/profile/").content.decode()
    assert "Choose a password of your own" in page
    assert page.index('id="password"') < page.index('id="you"')
    client.post("/profile/password/", {"current": given, **OWN})
    assert client.get("/contacts/").status_code == 200
