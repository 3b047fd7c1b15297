"""The full form: making, changing, errors, and two people at once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kith.accounts.models import User
from kith.contacts.fields import FIELDS
from kith.contacts.forms.controls import editable
from kith.contacts.models import Channel, Contact, Site
from kith.contacts.pages.loading import state_of
from kith.core import kinds
from kith.history.models import Change
from kith.reference.models import Option
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
TEN_THOUSAND = "x" * 10_001


def option(list_name: str, name: str) -> str:
    return f"id:{Option.objects.get(list_name=list_name, name=name).pk}"


def test_every_field_that_can_be_changed_is_in_the_form(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    for kind in ("person", "company"):
        page = client.get(f"/contacts/new/?kind={kind}").content.decode()
        for field in FIELDS:
            shown = f'data-field="{field.name}"' in page
            offered = editable(field) and not field.derived
            expected = offered and field.applies_to(kind) and field.name != "kind"
            assert shown == expected, (kind, field.name)


def test_a_filled_form_makes_a_contact(agent: User, signed_in: SignIn) -> None:
    response = signed_in(agent).post(
        "/contacts/new/",
        {
            "kind": "person",
            "name": "Anjali Smithson",
            "company": "Horus Tech",
            "designation": "Export manager",
            "contact_type": option("contact_type", "Customer"),
            "manager": f"id:{agent.pk}",
            "mobile-0-text": "93270 58088",
            "mobile-1-text": "+47 992 45 110",
            "mobile-1-label": "work",
            "mobile-primary": "1",
            "email-0-text": "anjali@horus.in",
            "tags": ["", "key", "export"],
            "country": "India",
            "state": "Gujarat",
            "city": "Ahmedabad",
            "birth_date": "1 Dec 1985",
            "priority": "4",
            "important": "",
            "annual_revenue": "9,00,000",
            "remarks": "One\nTwo",
        },
    )
    contact = Contact.objects.get(kind="person")
    assert response.headers["Location"] == f"/contacts/{contact.pk}/"
    state = state_of(contact.pk)
    assert [each["value"] for each in state["mobile"]] == ["+4799245110", "+919327058088"]
    assert (state["country"], state["state"], state["birth_date"]) == ("IN", "IN-GJ", "1985-12-01")
    assert (state["annual_revenue"], state["priority"], len(state["tags"])) == ("900000", 4, 2)
    assert Contact.objects.get(kind="company").name == "Horus Tech"


def test_saving_a_form_as_it_was_changes_nothing(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(
        mobile="(0)93270-58088 / 98250 11243", email="A@b.in", website="www.b.in", tags="a, b",
        linkedin="in/anjali", birth_date="1985-12-01", country="India", state="Gujarat",
        annual_revenue="12.50", aliases='"Anju, A.", Smith', important="yes",
    )  # fmt: skip
    before, version = state_of(contact.pk), contact.version
    client = signed_in(agent)
    sent = form_of(client, contact)
    response = client.post(f"/contacts/{contact.pk}/edit/", sent)
    assert response.status_code == 302
    assert state_of(contact.pk) == before
    contact.refresh_from_db()
    assert contact.version == version


def form_of(client: Client, contact: Contact, **changes: Any) -> dict[str, Any]:
    """What a browser would send of the form as it stands, with some values typed over."""
    form = client.get(f"/contacts/{contact.pk}/edit/").context["form"]
    sent: dict[str, Any] = {"version": str(contact.version)}
    for control in form:
        if hasattr(control, "rows"):
            for row in control.rows:
                sent[f"{control.name}-{row['index']}-text"] = row["text"]
                sent[f"{control.name}-{row['index']}-label"] = row["label"]
            sent[f"{control.name}-primary"] = "0"
        elif control.template == "options":
            sent[control.name] = [value for value, _label, chosen in control.options if chosen]
        elif control.template == "pick":
            sent[control.name] = control.chosen
        else:
            sent[control.name] = control.shown
    return sent | changes


def test_only_what_was_typed_over_is_recorded(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(mobile="+91 93270 58088", city="Surat", tags="a")
    client = signed_in(agent)
    client.post(f"/contacts/{contact.pk}/edit/", form_of(client, contact, city="Pune", tags=[""]))
    assert Change.objects.latest("pk").values.keys() == {"city", "tags"}
    assert Site.objects.get(contact=contact).city == "Pune"


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("name", "", "Give the name"),
        ("name", TEN_THOUSAND, "at most 200"),
        ("name", "\x00\x07...", "at least one letter"),
        ("birth_date", "31.2.1985", "no such day"),
        ("email-0-text", "anjali@", "not an e-mail"),
        ("mobile-0-text", "call me", "not a phone"),
        ("website-0-text", "javascript:alert(1)", "not a web address"),
        ("linkedin-0-text", "two words", "not a profile"),
        ("country", "Atlantis", "is not a country"),
        ("annual_revenue", "lots", "not a number"),
        ("priority", "6", "from 0 to 5"),
        ("contact_type", "Martian", "is not an option"),
        ("contact_type", "id:999999", "no such option"),
        ("manager", "id:999999", "no such user"),
        ("important", "perhaps", "Write yes or no"),
        ("accessibility", "martians", "is not an option"),
        ("remarks", TEN_THOUSAND, "at most 10000"),
        ("tags", TEN_THOUSAND, "at most 100"),
        ("aliases", TEN_THOUSAND, "at most 200"),
    ],
)
def test_a_bad_value_is_told_beside_its_field_and_kept(
    agent: User, signed_in: SignIn, name: str, typed: str, said: str
) -> None:
    contact = make_contact(name="Before")
    client = signed_in(agent)
    response = client.post(
        f"/contacts/{contact.pk}/edit/", form_of(client, contact, city="Typed too", **{name: typed})
    )
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "nothing was lost" in page
    assert "Typed too" in page
    contact.refresh_from_db()
    assert contact.name == "Before"


@pytest.mark.parametrize(
    "text", ["\u202eevil", "a\u0300\u0301", "名前 テスト", "ا ب", "  x  ", "'; DROP--"]
)
def test_any_text_is_taken_or_refused_in_words(agent: User, signed_in: SignIn, text: str) -> None:
    contact = make_contact()
    client = signed_in(agent)
    fields = [each for each in FIELDS if editable(each)]
    free = [each for each in fields if isinstance(each.kind, kinds.Text)]
    for chosen in (fields, free):
        contact.refresh_from_db()
        typed = {each.name: text for each in chosen} | {
            f"{each.name}-0-text": text for each in chosen
        }
        response = client.post(f"/contacts/{contact.pk}/edit/", form_of(client, contact, **typed))
        assert response.status_code in (302, 409, 422)


def test_an_option_of_another_list_is_refused(agent: User, signed_in: SignIn) -> None:
    contact = make_contact()
    client = signed_in(agent)
    sent = form_of(client, contact, designation=option("contact_type", "Customer"))
    assert client.post(f"/contacts/{contact.pk}/edit/", sent).status_code == 422


def test_the_later_of_two_sees_both_and_chooses(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    contact = make_contact(
        city="Surat", area="Adajan", remarks="Old", categories=["Retail", "Export"]
    )
    client = signed_in(agent)
    sent = form_of(client, contact, city="Pune", area="Camp")
    sent["categories"] = [f"id:{pk}" for pk in reversed(state_of(contact.pk)["categories"])]
    change_contact(contact, manager, city="Rajkot", remarks="New", tags=["vip"])
    response = client.post(f"/contacts/{contact.pk}/edit/", sent)
    page = response.content.decode()
    assert response.status_code == 409
    assert manager.name in page
    assert "Rajkot" in page
    assert "Pune" in page
    assert f"What only {manager.name} changed is kept: " in page
    clash = response.context["clash"]
    assert [(each.name, each.keep) for each in clash.fields] == [("city", "theirs")]
    assert {str(each) for each in clash.kept} == {"Remarks"}
    assert "What only you changed is saved along with it: Area." in page
    again: dict[str, Any] = {"version": response.context["version"]}
    for name, value in clash.sent:
        again.setdefault(name, []).append(value)
    again |= {"keep-city": "yours"}
    assert client.post(f"/contacts/{contact.pk}/edit/", again).status_code == 302
    state = state_of(contact.pk)
    assert (state["city"], state["area"], state["remarks"]) == ("Pune", "Camp", "New")
    assert len(state["tags"]) == 1


def test_what_two_changed_apart_stands_together(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    contact, client = make_contact(city="Surat", remarks="Old"), signed_in(agent)
    sent = form_of(client, contact, city="Pune")
    change_contact(contact, manager, remarks="New")
    wrong = client.post(f"/contacts/{contact.pk}/edit/", sent | {"email-0-text": "nobody@"})
    assert wrong.status_code == 422
    assert ">\nNew</textarea>" in wrong.content.decode(), "theirs stands in the form by now"
    said = client.post(f"/contacts/{contact.pk}/edit/", sent, follow=True).content.decode()
    assert f"What {manager.name} changed in the meantime was kept: Remarks." in said
    state = state_of(contact.pk)
    assert (state["city"], state["remarks"]) == ("Pune", "New")


def test_dropdowns_are_answered_from_the_server(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    make_contact(name="Horus Tech", kind="company")
    make_contact(manager, name="Horus Hidden", kind="company", accessibility="me", city="Hideaway")
    client = signed_in(agent)

    def offered(name: str, **query: str) -> list[str]:
        return [each["text"] for each in client.get(f"/options/{name}/", query).json()["results"]]

    assert offered("company", q="hor") == ["Horus Tech"]
    assert offered("city", q="hid") == []
    assert offered("country", q="indi")[0] == "India"
    assert offered("state", q="guj", country="India") == ["Gujarat"]
    assert offered("contact_type", q="vend") == ["Vendor"]
    assert client.get("/options/password/").status_code == 404


def test_rows_that_repeat_keep_their_order(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(mobile="+919327058088, +919825011243")
    client = signed_in(agent)
    sent = form_of(client, contact, **{"mobile-primary": "1"})
    client.post(f"/contacts/{contact.pk}/edit/", sent)
    values = Channel.objects.filter(contact=contact).order_by("position")
    assert list(values.values_list("value", flat=True)) == ["+919825011243", "+919327058088"]


def test_how_a_day_was_read_is_told_and_doubts_are_counted_as_the_card_shows_them(
    agent: User, signed_in: SignIn
) -> None:
    client = signed_in(agent)
    typed = {"kind": "person", "name": "Ravi", "birth_date": "03/04/85"}
    page = client.post("/contacts/new/", typed, follow=True).content.decode()
    toast = page.split('id="toasts"')[1]
    assert "Date of birth: The year was read as 1985. Read as 3 April 1985;" in toast, toast[:600]
    assert "another look" not in page
    doubtful = {"pan": "APN12345509", "aadhaar": "234123412345", "birth_date": "03/04/2190"}
    page = client.post("/contacts/new/", typed | doubtful, follow=True).content.decode()
    told = page.count('class="k-doubt"')
    assert told == 3, "both numbers, and a day that is still to come"
    assert f"{told} things need another look; the card says which." in page
