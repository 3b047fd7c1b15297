"""A form posted twice makes one thing, and leads to it both times."""

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from kith.contacts.models import Contact, Link, Site
from kith.contacts.pages import edit
from kith.transfer.models import Import
from kith.web import once
from kith.web.models import PostedForm
from tests.contacts import make_contact

TOKEN = re.compile(r'name="once" value="([^"]+)"')
ADDRESSES = ("/contacts/new/", "/contacts/quick/", "/prospects/new/", "/prospects/quick/")


def drawn(client: Client, url: str) -> dict[str, str]:
    """What is typed into a form that has just been drawn."""
    found = TOKEN.search(client.get(url).content.decode())
    assert found
    return {"name": "Anjali Smithson", "kind": "person", "once": found[1]}


@pytest.mark.django_db
@pytest.mark.parametrize("url", ADDRESSES)
def test_the_second_post_leads_to_what_the_first_has_made(
    url: str, agent: Any, manager: Any, signed_in: Any
) -> None:
    client = signed_in(agent)
    typed = drawn(client, url)
    assert client.post(url, {**typed, "name": ""}).status_code == 422
    first = client.post(url, typed)
    second = client.post(url, typed, follow=True)
    card = f"/contacts/{Contact.objects.get().pk}/"
    assert (first.url, second.redirect_chain[0][0]) == (card, card)
    assert "nothing was made a second time" in second.content.decode()
    inside = client.post(url, typed, headers={"HX-Request": "true"})
    assert inside.headers["HX-Redirect"] == card
    # Another wish, another person, another form: each is made.
    client.post(url, {**typed, "name": "Rohan Shah"})
    signed_in(manager).post(url, typed)
    client.post(url, drawn(client, url))
    assert Contact.objects.count() == 4


@pytest.mark.django_db
def test_a_file_sent_twice_is_one_import(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    token = drawn(client, "/imports/new/")["once"]
    addresses = {
        client.post(
            "/imports/new/",
            {"file": SimpleUploadedFile("people.csv", b"Name\nAnjali\n"), "once": token},
        ).url
        for _time in range(2)
    }
    assert addresses == {f"/imports/{Import.objects.get().pk}/columns/"}


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_make_one_contact(
    agent: Any, signed_in: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Both have asked before either was made.
    monkeypatch.setattr(edit, "check_new", lambda _request: None)
    clients = [signed_in(agent), signed_in(agent)]
    typed, ready, led = drawn(clients[0], "/contacts/new/"), Barrier(2), []

    def post(client: Client) -> None:
        try:
            ready.wait(60)
            led.append(client.post("/contacts/new/", typed).url)
        finally:
            connection.close()

    run(*(lambda each=each: post(each) for each in clients))
    assert led == [f"/contacts/{Contact.objects.get().pk}/"] * 2


def run(*works: Callable[[], None]) -> None:
    threads = [Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db
def test_what_was_posted_is_forgotten_after_some_days(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    client.post("/contacts/new/", drawn(client, "/contacts/new/"))
    once.forget_posted()
    posted = PostedForm.objects.get()
    PostedForm.objects.update(posted_at=posted.posted_at - once.KEPT - timedelta(hours=1))
    once.forget_posted()
    assert not PostedForm.objects.exists()


ROHAN = {"name": "Rohan", "email": "r@firma.example", "role": "agent", "password": "wet-otter-9"}
IN_SETTINGS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "/settings/users/new/",
        {
            "name": "Rohan",
            "email": "r@firma.example",
            "role": "agent",
            "password": "wet-otter-9-hums",
        },
    ),
    ("/settings/teams/new/", {"name": "North"}),
    ("/settings/divisions/new/", {"name": "Paper"}),
    ("/settings/roles/new/", {"name": "Clerks", "permission": "contacts:contact:see"}),
    ("/settings/fields/sections/new/", {"label": "Papers"}),
    ("/settings/fields/new/?kind=text", {"label": "Badge", "section": "card"}),
    ("/settings/lists/designation/new/", {"name": "Foreman"}),
    ("/settings/lists/designation/paste/", {"lines": "Smith\nWelder"}),
)


@pytest.mark.django_db
@pytest.mark.usefixtures("fields_as_declared")
def test_what_settings_make_is_made_once_and_is_no_error_the_second_time(
    administrator: Any, signed_in: Any
) -> None:
    client = signed_in(administrator)
    for url, wish in IN_SETTINGS:
        typed = {**wish, "once": drawn(client, url)["once"]}
        first = client.post(url, typed)
        assert first.status_code == 302, (url, first.content.decode())
        second = client.post(url, typed, follow=True)
        assert "nothing was made a second time" in second.content.decode(), url


@pytest.mark.django_db
def test_a_site_and_a_link_are_made_once_with_the_contact_on_the_spot(
    agent: Any, signed_in: Any
) -> None:
    client, company = signed_in(agent), make_contact(name="Horus Tech", kind="company")
    for place, wish in (
        ("sites", {"site_name": "Factory"}),
        ("links", {"other": "new-person", "q": "Zelda New"}),
    ):
        url = f"/contacts/{company.pk}/{place}/"
        typed = {**wish, "once": drawn(client, url)["once"]}
        first, second = client.post(url, typed), client.post(url, typed)
        assert first.status_code == 302, (url, first.content.decode())
        assert first.url == second.url, url
    assert (Site.objects.filter(name="Factory").count(), Link.objects.count()) == (1, 1)
    assert Contact.objects.filter(name="Zelda New").count() == 1
