"""Forms, card and lists follow what an administrator says of the fields."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.contacts.models import Contact
from kith.customfields.services.fields import field_archive, field_create, field_update
from kith.reference.models import Option
from tests.contacts import make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def make(label: str, kind: str = "text", **more: Any) -> str:
    return field_create(actor=SYSTEM, label=label, kind=kind, **more)[0]


def test_a_form_asks_for_what_is_needed_and_begins_with_defaults(
    agent: User, signed_in: SignIn
) -> None:
    customer = Option.objects.get(list_name="contact_type", name="Customer").pk
    size = make("Size", first="42", help="European", required_for=["person"])
    colour = make("Colour", "choice", options=["Red", "Blue"], required_for=[f"type:{customer}"])
    field_update(actor=SYSTEM, name="mobile", values={"required_for": ["always"]})
    field_archive(actor=SYSTEM, name="gender")
    client = signed_in(agent)
    page = client.get("/contacts/new/").content.decode()
    assert 'value="42"' in page
    assert "European" in page
    assert f'data-needed-with="contact_type id:{customer}"' in page
    assert 'data-field="gender"' not in page
    assert f'data-field="{size}"' in client.get("/contacts/quick/").content.decode()

    sent = {"kind": "person", "name": "Anjali", size: "", "contact_type": f"id:{customer}"}
    answer = client.post("/contacts/new/", sent)
    assert answer.status_code == 422
    said = {each.name: each.errors for each in answer.context["form"] if each.errors}
    assert said == {
        size: ["Size is needed."],
        colour: ["Colour is needed."],
        "mobile": ["Mobile is needed."],
    }
    assert client.post("/contacts/quick/", {"name": "Anjali"}).status_code == 422
    red = Option.objects.get(list_name="custom-x_colour", name="Red").pk
    sent |= {size: "43", colour: f"id:{red}", "mobile-0-text": "93270 58088"}
    assert client.post("/contacts/new/", sent).status_code == 302
    contact = Contact.objects.get()
    assert contact.custom == {size: "43", colour: red}
    card = client.get(f"/contacts/{contact.pk}/").content.decode()
    assert f'id="fact-{size}"' in card
    refused = client.post(
        f"/contacts/{contact.pk}/fields/{size}/", {size: ""}, headers={"HX-Request": "true"}
    )
    assert refused.status_code == 422
    # What was there before the rule does not stand in the way of another change.
    old = make_contact()
    saved = client.post(
        f"/contacts/{old.pk}/fields/city/", {"city": "Pune"}, headers={"HX-Request": "true"}
    )
    assert saved.status_code == 200


def test_a_contact_in_a_field_shows_as_far_as_it_may_be_seen(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    name = make("Introduced by", "contact")
    hidden = make_contact(manager, name="Secret Friend", accessibility="me")
    contact = make_contact(manager, **{name: hidden.pk})
    mine, theirs = signed_in(manager), signed_in(agent)
    assert "Secret Friend" in mine.get(f"/contacts/{contact.pk}/").content.decode()
    form = theirs.get(f"/contacts/{contact.pk}/edit/").content.decode()
    for page in (theirs.get(f"/contacts/{contact.pk}/").content.decode(), form):
        assert "Secret Friend" not in page
    assert f'value="id:{hidden.pk}" selected' in form
    sent = {"version": contact.version, name: f"id:{hidden.pk}", "city": "Pune"}
    assert theirs.post(f"/contacts/{contact.pk}/edit/", sent).status_code == 302
    contact.refresh_from_db()
    assert contact.custom == {name: hidden.pk}
    other = make_contact(agent, name="Other")
    refused = theirs.post(f"/contacts/{other.pk}/edit/", {name: f"id:{hidden.pk}"})
    assert refused.status_code == 422
    offered = theirs.get("/options/contact/?q=secret").json()["results"]
    assert offered == []
    assert mine.get("/options/contact/?q=secret").json()["results"][0]["value"] == f"id:{hidden.pk}"
