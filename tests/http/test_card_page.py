"""The card over HTTP: what stands on it, for whom, and at what cost."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.accounts.models import User
from kith.contacts.services.contacts import contacts_trash
from tests.contacts import change_contact, make_contact, make_link

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
MOST_QUERIES = 15


def page(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.content
    return response.content.decode()


def test_the_card_says_who_it_is_and_how_to_reach_them(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(
        company="Horus Tech Solutions",
        designation="Export manager",
        mobile="+91 93270 58088",
        email="anjali@horustech.in",
        tags="key, export",
        temperature="Hot",
        priority=5,
    )
    card = page(signed_in(agent), f"/contacts/{contact.pk}/")
    for text in (
        "Anjali Smithson", "Export manager</bdi> at", "Horus Tech Solutions", contact.code,
        "5 stars",
        "tel:+919327058088", "mailto:anjali@horustech.in", "key", "Hot", "added this contact",
    ):  # fmt: skip
        assert text in card, text


def test_a_bare_contact_has_a_card_too(agent: User, signed_in: SignIn) -> None:
    card = page(signed_in(agent), f"/contacts/{make_contact(name='Bare', kind='company').pk}/")
    assert "None yet." in card
    assert "tel:" not in card


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "محمد بن عبد الله", "Z͑ͫ̓ͪ̂ͫ̽algo", "🦊" * 50]
)
def test_any_name_is_shown_as_text(agent: User, signed_in: SignIn, name: str) -> None:
    card = page(signed_in(agent), f"/contacts/{make_contact(name=name).pk}/?tab=history")
    assert "<script>alert" not in card


def test_what_is_hidden_or_trashed_is_not_found(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    hidden = make_contact(manager, accessibility="me")
    trashed = make_contact()
    contacts_trash(actor=manager, ids=[trashed.pk])
    client = signed_in(agent)
    for contact in (hidden, trashed):
        assert client.get(f"/contacts/{contact.pk}/").status_code == 404
    assert signed_in(manager).get(f"/contacts/{hidden.pk}/").status_code == 200


def test_the_card_of_a_public_person_keeps_a_hidden_company_secret(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    person = make_contact()
    company = make_contact(manager, name="Secret Holding", kind="company", accessibility="me")
    make_link(person, company, manager, job_title="Spy")
    for url in (f"/contacts/{person.pk}/", f"/contacts/{person.pk}/?tab=history"):
        assert "Secret" not in page(signed_in(agent), url)
        assert "Secret Holding" in page(signed_in(manager), url)


def test_who_only_reads_is_offered_no_changes(readonly: User, signed_in: SignIn) -> None:
    contact = make_contact(mobile="+91 93270 58088")
    change_contact(contact, remarks="Called.")
    card = page(signed_in(readonly), f"/contacts/{contact.pk}/")
    for control in ("data-edit-fact", "/edit/", "/delete/", "/undo/", "+ Link"):
        assert control not in card, control


def test_the_side_panel_gets_the_essentials_only(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(mobile="+91 93270 58088")
    headers = {"HX-Request": "true", "HX-Target": "peek"}
    card = signed_in(agent).get(f"/contacts/{contact.pk}/", headers=headers).content.decode()
    assert "tel:+919327058088" in card
    assert "<html" not in card
    assert 'id="history"' not in card


def test_queries_do_not_grow_with_links_and_history(agent: User, signed_in: SignIn) -> None:
    small, large = make_contact(name="Small"), make_contact(name="Large", mobile="+919327058088")
    change_contact(small, remarks="One")
    make_link(small, make_contact(name="Only company", kind="company"))
    for number in range(30):
        make_link(large, make_contact(name=f"Company {number}", kind="company"))
        change_contact(large, remarks=f"Note {number}", designation=f"Title {number}")
    client = signed_in(agent)

    def cost(pk: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(client, f"/contacts/{pk}/")
        return len(queries)

    cost(small.pk)
    assert cost(large.pk) <= cost(small.pk) + 1  # One more: how many links there are.
    assert cost(large.pk) <= MOST_QUERIES
