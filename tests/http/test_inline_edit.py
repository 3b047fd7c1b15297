"""Changing a fact where it stands on the card."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kith.accounts.models import User
from kith.contacts.fields import FIELDS
from kith.contacts.forms.controls import editable
from kith.contacts.models import Contact
from kith.contacts.pages.loading import state_of
from kith.contacts.pages.second_question import SECOND
from kith.reference.models import Option
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


def url(contact: Contact, name: str) -> str:
    return f"/contacts/{contact.pk}/fields/{name}/"


def test_every_editable_fact_opens_and_closes(agent: User, signed_in: SignIn) -> None:
    values = {"mobile": "+91 93270 58088", "tags": "key", "temperature": "Hot", "priority": 3}
    contact = make_contact(contact_type="Customer", **values)
    client = signed_in(agent)
    card = client.get(f"/contacts/{contact.pk}/").content.decode()
    for field in FIELDS:
        there = editable(field) and field.applies_to(contact.kind)
        second = field.name in SECOND  # Nobody said how they know them.
        assert (f'hx-get="{url(contact, field.name)}"' in card) == (there and not second), (
            field.name
        )
        opened = client.get(url(contact, field.name), headers=HTMX)
        assert opened.status_code == (200 if there else 404), field.name
        if there:
            assert b"data-fact-form" in opened.content
            shown = client.get(url(contact, field.name) + "?show=1", headers=HTMX)
            assert b"data-edit-fact" in shown.content


def test_saving_shows_the_value_the_head_and_a_way_back(agent: User, signed_in: SignIn) -> None:
    contact = make_contact()
    client = signed_in(agent)
    sent = {"name": "Anju van der Berg", "version": contact.version}
    response = client.post(url(contact, "name"), sent, headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 200
    assert 'id="who" hx-swap-oob="true"' in page
    assert 'id="fact-family_name"' in page
    assert "van der Berg" in page
    told = json.loads(response.headers["HX-Trigger"])
    assert "card-changed" in told
    client.post(told["toast"]["undo"])
    contact.refresh_from_db()
    assert (contact.name, contact.family_name) == ("Anjali Smithson", "Smithson")


def test_the_second_question_stands_below_the_reference_that_asks_it(
    agent: User, signed_in: SignIn
) -> None:
    contact, client = make_contact(), signed_in(agent)

    def changed(name: str, text: str) -> str:
        return client.post(url(contact, name), {name: text}, headers=HTMX).content.decode()

    def option(name: str) -> str:
        return f"id:{Option.objects.get(list_name='reference', name=name).pk}"

    page = changed("reference", option("Employee"))
    assert re.findall(r'id="fact-(reference\w*)"', page) == ["reference", "reference_user"]
    page = changed("reference", option("Other"))
    assert re.findall(r'id="fact-(reference\w*)"', page) == [
        "reference", "reference_text", "reference_user",
    ]  # fmt: skip
    assert '<div id="fact-reference_user" hx-swap-oob="delete">' in page
    changed("reference_text", "Met at a fair")
    page = changed("reference", option("Employee"))
    assert "delete" not in page, "what was answered stays in sight"
    card = client.get(f"/contacts/{contact.pk}/").content.decode()
    for name in ("reference", "reference_user", "reference_text"):
        before = card[: card.index(f'id="fact-{name}"')]
        assert before.rfind("<details") <= before.rfind("</details>"), "it is not folded away"
    assert 'id="fact-reference_campaign"' not in card


@pytest.mark.parametrize(
    ("name", "sent", "stored"),
    [
        ("designation", {"designation": "Export manager"}, None),
        ("mobile", {"mobile-0-text": "93270 58088"}, None),
        ("tags", {"tags": ["", "vip", "key"]}, None),
        ("tags", {"tags": [""]}, []),
        ("birth_date", {"birth_date": "25.9.1980"}, "1980-09-25"),
        ("birth_date", {"birth_date": ""}, None),
        ("important", {"important": ""}, False),
        ("important", {"important": "yes"}, True),
        ("accessibility", {"accessibility": ""}, 1),
        ("kind", {"kind": ""}, "person"),
        ("site_name", {"site_name": ""}, "main"),
        ("priority", {"priority": "3"}, 3),
        ("remarks", {"remarks": "a\r\nb"}, "a\nb"),
    ],
)
def test_a_fact_of_each_kind_is_saved(
    agent: User, signed_in: SignIn, name: str, sent: Any, stored: Any
) -> None:
    contact = make_contact(tags="old")
    response = signed_in(agent).post(url(contact, name), sent, headers=HTMX)
    assert response.status_code == 200
    if stored is not None:
        assert state_of(contact.pk)[name] == stored


def test_a_bad_value_stays_to_be_mended(agent: User, signed_in: SignIn) -> None:
    contact = make_contact()
    response = signed_in(agent).post(
        url(contact, "email"), {"email-0-text": "anjali@"}, headers=HTMX
    )
    assert response.status_code == 422
    assert b'value="anjali@"' in response.content
    assert b"not an e-mail address" in response.content


def test_the_same_fact_changed_by_another_is_shown_first(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    contact = make_contact(city="Surat")
    sent = {"city": "Pune", "version": contact.version}
    change_contact(contact, manager, city="Rajkot")
    client = signed_in(agent)
    response = client.post(url(contact, "city"), sent, headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Rajkot" in page
    assert 'value="Pune"' in page
    contact.refresh_from_db()
    # Saved again as it stands, it clashes again: only the button of that name writes over theirs.
    assert f'name="version" value="{sent["version"]}"' in page
    assert client.post(url(contact, "city"), sent, headers=HTMX).status_code == 409
    assert f'name="over" value="{contact.version}">Save mine' in page
    client.post(url(contact, "city"), sent | {"over": contact.version}, headers=HTMX)
    assert state_of(contact.pk)["city"] == "Pune"


def test_another_fact_changed_meanwhile_does_not_stand_in_the_way(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    contact = make_contact(city="Surat")
    sent = {"city": "Pune", "version": contact.version}
    change_contact(contact, manager, remarks="New")
    response = signed_in(agent).post(url(contact, "city"), sent, headers=HTMX)
    assert response.status_code == 200
    state = state_of(contact.pk)
    assert (state["city"], state["remarks"]) == ("Pune", "New")


def test_without_javascript_the_pencil_leads_to_the_form(agent: User, signed_in: SignIn) -> None:
    contact = make_contact()
    response = signed_in(agent).get(url(contact, "city"))
    assert response.headers["Location"] == f"/contacts/{contact.pk}/edit/#id_city"


def test_hiding_ones_own_contact_keeps_one_on_its_card(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(agent)
    client = signed_in(agent)
    assert (
        client.post(
            url(contact, "accessibility"), {"accessibility": "me"}, headers=HTMX
        ).status_code
        == 200
    )
    assert b"Only me" in client.get(f"/contacts/{contact.pk}/").content


def test_a_wrong_entry_is_told_once(agent: User, signed_in: SignIn) -> None:
    contact = make_contact()
    sent = {"mobile-0-text": "junk", "version": contact.version}
    answer = signed_in(agent).post(url(contact, "mobile"), sent, headers=HTMX)
    assert answer.status_code == 422
    assert answer.content.decode().count("This is not a phone number.") == 1


def test_who_sees_a_contact_is_never_left_open(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    page = client.get("/contacts/new/").content.decode()
    _head, _name, after = page.partition('name="accessibility"')
    choices = after.partition("<select")[0]
    assert 'value="all" checked' in choices
    assert 'value=""' not in choices
