"""Official numbers: what is doubtful is told, kept and marked; a pasted one finds its owner."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from kith.accounts.models import User
from kith.contacts.models import Contact, Identifier
from kith.contacts.record import CONTACT
from kith.reference.models import Option
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}
GSTIN, PAN = "27AAPFU0939F1ZV", "AAPFU0939F"


def test_what_is_doubtful_is_told_where_it_is_typed(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    sent = client.post(
        "/contacts/new/",
        {
            "kind": "company", "name": "Horus", "country": "India", "state": "Gujarat",
            "gstin": GSTIN, "pan": "AAACH7409R", "gst_type": "unregistered",
        },
    )  # fmt: skip
    contact = Contact.objects.get()
    [message] = get_messages(sent.wsgi_request)
    assert "2 things need another look" in str(message), "as many as the card marks"
    card = client.get(f"/contacts/{contact.pk}/").content.decode()
    for said in ("another PAN in it: AAPFU0939F", "is of Maharashtra", "“Unregistered”, and yet"):
        assert said in card
    assert message.level_tag == "warning"
    saved = client.post(f"/contacts/{contact.pk}/fields/pan/", {"pan": "APN12345509"}, headers=HTMX)
    assert "This should have 10 characters." in saved["HX-Trigger"]
    assert "unverified" in saved.content.decode()
    assert "is of Maharashtra" in saved.content.decode(), "the GST number's note is drawn anew"
    assert "another PAN" not in saved.content.decode()
    stored = Identifier.objects.get(kind="pan")
    assert (stored.value, stored.key, stored.verified) == ("APN12345509", "APN12345509", False)
    assert "unverified" in client.get(f"/contacts/{contact.pk}/").content.decode()
    form = client.get(f"/contacts/{contact.pk}/edit/").content.decode()
    assert "This should have 10 characters." in form
    again = client.post(f"/contacts/{contact.pk}/edit/", {"pan": "APN12345509", "version": 2})
    assert "10 characters" not in str(list(get_messages(again.wsgi_request))[-1])


def test_a_policy_refuses_or_takes_what_is_doubtful(
    agent: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    contact, client = make_contact(), signed_in(agent)
    for policy, status in (("block", 422), ("accept", 200)):
        field = CONTACT.field("pan")
        monkeypatch.setitem(field.__dict__, "policy", policy)
        url = f"/contacts/{contact.pk}/fields/pan/"
        answer = client.post(url, {"pan": "APN12345509"}, headers=HTMX)
        assert answer.status_code == status
        assert b"unverified" not in answer.content
    assert Identifier.objects.get().verified is None
    monkeypatch.setitem(field.__dict__, "policy", "block")
    url, typed = f"/contacts/{contact.pk}/edit/", {"pan": "APN12345509", "city": "Pune"}
    assert client.post(url, typed).status_code == 302, "it was there already, and stands in no way"
    assert client.post(url, typed | {"pan": "APN12345508"}).status_code == 422


def test_a_pasted_number_finds_its_owner_and_no_sealed_one(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    make_contact(name="Horus", gstin=GSTIN, aadhaar="234123412346", llpin="AAB-1234")
    make_contact(name="Hidden", pan=PAN, accessibility="me")
    found = {
        query: "Horus" in (page := client.get("/contacts/", {"q": query}).content.decode())
        and "Hidden" not in page
        for query in (GSTIN, "27 aapfu 0939 f1zv", "APFU0939", "aab1234", "234123412346", "2346")
    }
    typed = client.get("/contacts/alike/", {"kind": "company", "name": "Isis", "gstin": GSTIN})
    assert "the same GST / ARN number" in typed.content.decode()
    assert list(found.values()) == [True, True, True, True, False, False]


def test_numbers_in_doubt_customers_and_named_contacts_are_listed(
    agent: User, signed_in: SignIn
) -> None:
    client = signed_in(agent)
    horus = make_contact(agent, name="Horus", pan="APN12345509", default_supplier=None)
    make_contact(agent, name="Isis", pan=PAN, reference="Contact", reference_contact=horus.code)
    hidden = make_contact(name="Hathor", accessibility="me")
    make_contact(agent, name="Osiris", gstin=GSTIN, default_supplier=horus.code)
    client.post(f"/contacts/{horus.pk}/customer/")
    asked = {
        "unverified:yes": {"Horus"}, "unverified:pan": {"Horus"}, "unverified:gstin": set(),
        "unverified:no": {"Isis", "Osiris"}, "customer:yes": {"Horus"},
        "customer:no": {"Isis", "Osiris"}, "vendor:yes": set(), "has:customer": {"Horus"},
        "reference-contact:horus": {"Isis"}, f"default-supplier:{horus.code}": {"Osiris"},
        f"default-supplier:{hidden.code}": set(),
        "customer:perhaps": set(),
    }  # fmt: skip
    for query, names in asked.items():
        page = client.get("/contacts/", {"q": query}).content.decode()
        rows = page.partition("<tbody")[2]
        assert {name for name in ("Horus", "Isis", "Osiris") if name in rows} == names, query
        assert "Hathor" not in rows
    assert "Unverified number" in client.get("/contacts/filters/").content.decode()


def test_segments_follow_the_industry_and_references_ask(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    contact = make_contact(agent, industry="Finance", segment="Microfinance")
    other = make_contact(agent, name="Meera", industry="Textiles", segment="Weaving")
    finance = Option.objects.get(name="Finance")
    assert Option.objects.get(name="Microfinance").attributes == {"industry": finance.pk}
    url = f"/options/segment/?industry=id:{finance.pk}"
    assert [each["text"] for each in client.get(url).json()["results"]] == ["Microfinance"]
    assert client.get(f"/options/segment/?industry=id:{'9' * 5000}").json() == {"results": []}
    form = client.get(f"/contacts/{contact.pk}/edit/").content.decode()
    assert '<option value="Microfinance">' in form.split("known_segment")[2]
    typed = {"segment": ["", "Insurance"], "reference_contact": ["", other.code], "version": 1}
    assert client.post(f"/contacts/{contact.pk}/edit/", typed).status_code == 302
    card = client.get(f"/contacts/{contact.pk}/").content.decode()
    assert "Insurance" in card
    assert '"><bdi>Meera</bdi></a>' in card
    assert "reference_campaign" in form.split('data-asks="')[1].split('"')[0]
    change_contact(contact, agent, reference="Contact", reference_contact=other.code)
    card = client.get(f"/contacts/{contact.pk}/").content.decode()
    assert f'<a href="/contacts/{other.pk}/"><bdi>Meera</bdi></a>' in card
    for name in ("currency", "language", "time_zone"):
        assert client.get(f"/options/{name}/?q=in").json()["results"]
