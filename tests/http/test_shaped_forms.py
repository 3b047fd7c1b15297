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
    club = make("Club", is_unique=True)
    fact, htmx = f"/contacts/{contact.pk}/fields/{club}/", {"HX-Request": "true"}
    for accessibility, named in (("all", True), ("me", False)):
        other = make_contact(**{club: accessibility}, accessibility=accessibility)
        taken = client.post(fact, {club: accessibility}, headers=htmx).content.decode()
        assert (f'<a href="/contacts/{other.pk}/" target="_blank">' in taken) is named
        assert ("Another record has this value already." in taken) is not named
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


def test_the_list_shows_and_filters_by_fields_of_ones_own(
    agent: User, manager: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    flags = {"filterable": True, "in_list": True}
    text, number = make("Club", **flags), make("Size", "number", **flags)
    choice = make("Colours", "choices", options=["Red", "Blue"], **flags)
    day, yes = make("Since", "date", **flags), make("Member", "yesno", **flags)
    who, user = make("Mentor", "contact", **flags), make("Coach", "user", **flags)
    web = make("Page", "link", **flags)
    chess = make_contact(
        name="Chess", **{text: "Ahmedabad Chéss", number: "9.5", choice: "Red, Blue", yes: "yes"}
    )
    values = {day: "2026-03-04", who: chess.pk, user: agent.pk, web: "www.go.in", number: "42"}
    make_contact(name="Go player", **values)
    client = signed_in(agent)
    ids = {each.name: str(each.pk) for each in Option.objects.filter(list_name="custom-x_colours")}
    asked = {
        f"{text}=ahmedabad+che": "Chess",
        f"{text}=chess": "Chess",
        f"{number}=9.5": "Chess",
        f"{number}=10..": "Go player",
        f"{number}=..10": "Chess",
        f"{choice}={ids['Red']}": "Chess",
        f"{choice}=blue&{number}=9..10": "Chess",
        f"{day}=2026-03-01..2026-03-31": "Go player",
        f"{yes}=yes": "Chess",
        f"{yes}=no": "",
        f"{who}=Chess": "Go player",
        f"{who}=C-{chess.pk:06d}": "Go player",
        f"{user}={agent.pk}": "Go player",
        f"{web}=https://www.go": "Go player",
        f"{web}=www.go": "Go player",
    }
    for query, name in asked.items():
        with django_assert_max_num_queries(30):
            found = client.get(f"/contacts/?{query}", follow=True).context["list"]
        assert [row.name for row in found.rows] == ([name] if name else []), query
        assert found.chips, query
    page = client.get("/contacts/").content.decode()
    for shown in ("Ahmedabad Chéss", "9.5", "Blue", "4 Mar 2026", "www.go.in", agent.name):
        assert shown in page, shown
    bad = client.get(f"/contacts/?{number}=lots&{day}=never&{who}=nobody", follow=True)
    assert bad.context["list"].rows == [], "What can't be read is nobody's."
    assert len(bad.context["list"].notes) == 3
    wanted = {"listed": "1", "format": "csv"}
    template = signed_in(manager).post(f"/contacts/export/?{number}=42", wanted)
    exported = b"".join(template.streaming_content).decode()  # type: ignore[attr-defined]
    assert ("Mentor" in exported, f"C-{chess.pk:06d}" in exported) == (True, True)
