"""Quick add: four fields and Enter."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from kith.accounts.models import User
from kith.contacts.models import Channel, Contact, Link
from tests.contacts import make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
EMPTY = {"name": "", "company": "", "mobile": "", "email": ""}


def add(client: Client, **typed: str) -> Any:
    return client.post("/contacts/quick/", EMPTY | typed)


def test_a_persons_name_is_enough(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    response = add(client, name="Anjali Smithson")
    contact = Contact.objects.get()
    assert response.headers["Location"] == f"/contacts/{contact.pk}/"
    assert (contact.kind, contact.given_name) == ("person", "Anjali")
    [toast] = get_messages(response.wsgi_request)
    assert "Anjali Smithson" in str(toast)
    assert "/undo/" in toast.extra_tags


def test_a_companys_name_is_enough(agent: User, signed_in: SignIn) -> None:
    add(signed_in(agent), company="Horus Tech", mobile="+91 79 2686 2513")
    contact = Contact.objects.get()
    assert (contact.kind, contact.name) == ("company", "Horus Tech")


def test_both_are_made_and_linked_and_the_company_is_found_again(
    agent: User, signed_in: SignIn
) -> None:
    client = signed_in(agent)
    add(client, name="Anjali Smithson", company="Horus Tech")
    add(client, name="Ishita Sawith", company="HORUS  TECH")
    assert Contact.objects.filter(kind="company").count() == 1
    assert Link.objects.filter(other__name="Horus Tech", is_primary=True).count() == 2


def test_nothing_typed_is_told_and_kept(agent: User, signed_in: SignIn) -> None:
    response = add(signed_in(agent), email="nobody@", mobile="+91 93270 58088")
    assert response.status_code == 422
    page = response.content.decode()
    assert "nobody@" in page
    assert "not an e-mail address" in page
    assert add(signed_in(agent)).status_code == 422
    assert not Contact.objects.exists()


def test_what_was_typed_goes_on_in_the_full_form(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    assert 'formaction="/contacts/new/?carry"' in client.get("/contacts/quick/").content.decode()
    typed = EMPTY | {"name": "Anjali", "mobile": "12", "aadhaar": "234123412346"}
    page = client.post("/contacts/new/?carry", typed).content.decode()
    for kept in ('value="Anjali"', 'value="12"', 'value="234123412346"', 'action="/contacts/new/"'):
        assert kept in page
    assert not Contact.objects.exists()


def test_undo_of_a_quick_add_leaves_nothing(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    response = add(client, name="Anjali", company="Horus Tech", email="a@horus.in")
    [toast] = get_messages(response.wsgi_request)
    assert client.post(toast.extra_tags).headers["Location"] == "/contacts/"
    assert not Contact.objects.exists()
    assert not Channel.objects.exists()


def test_possible_duplicates_show_while_typing(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    shown = make_contact(name="Anjali Smithson", email="anjali@horus.in", mobile="+919327058088")
    make_contact(manager, name="Anjali Smithson", email="anjali@horus.in", accessibility="me")
    client = signed_in(agent)
    for typed, why in (
        ({"email": "ANJALI@horus.in"}, "the same e-mail"),
        ({"mobile": "93270 58088"}, "the same mobile"),
        ({"name": "Anjaly Smithson"}, "a similar name"),
        ({"name": "anjali smithson"}, "the same name"),
    ):
        found = client.get("/contacts/alike/", EMPTY | typed).content.decode()
        assert found.count("<a ") == 1, typed
        assert f"/contacts/{shown.pk}/" in found
        assert why in found
    for typed in ({"name": "Gaurav"}, {"email": "x"}, {"mobile": "9"}, {"name": "x" * 10_000}):
        assert "<a " not in client.get("/contacts/alike/", EMPTY | typed).content.decode()


def test_who_only_reads_adds_nothing(readonly: User, signed_in: SignIn) -> None:
    client = signed_in(readonly)
    for url in ("/contacts/quick/", "/contacts/new/", "/contacts/alike/"):
        assert client.get(url).status_code == 403, url
    assert add(client, name="Anjali").status_code == 403
    assert not Contact.objects.exists()


def test_in_the_dialog_the_answer_leads_to_the_card(agent: User, signed_in: SignIn) -> None:
    headers = {"HX-Request": "true", "HX-Target": "dialog-body"}
    client = signed_in(agent)
    assert "<html" not in client.get("/contacts/quick/", headers=headers).content.decode()
    response = client.post("/contacts/quick/", EMPTY | {"name": "Anjali"}, headers=headers)
    assert response.headers["HX-Redirect"] == f"/contacts/{Contact.objects.get().pk}/"


def test_all_fields_takes_along_what_was_typed(agent: User, signed_in: SignIn) -> None:
    typed = {"name": "Anjali", "company": "Horus Tech", "mobile": "93270 58088", "email": "a@b.in"}
    page = signed_in(agent).get("/contacts/new/", typed).content.decode()
    assert all(f'value="{text}"' in page for text in typed.values())
