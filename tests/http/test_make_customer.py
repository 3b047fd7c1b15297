"""A contact becomes a customer or a vendor, gets its number, and its terms of trade are shown."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from kith.accounts.models import User
from kith.contacts.models import Contact
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def page(client: Client, contact: Contact, end: str = "") -> str:
    return client.get(f"/contacts/{contact.pk}/{end}").content.decode()


def test_a_number_opens_the_terms_of_trade_and_undo_closes_them(
    agent: User, signed_in: SignIn
) -> None:
    contact, client = make_contact(agent, name="Horus"), signed_in(agent)
    assert "Sales and purchase" not in page(client, contact)
    assert 'id="trading"' not in page(client, contact, "edit/")
    assert "next customer number" in page(client, contact, "customer/")
    made = client.post(f"/contacts/{contact.pk}/customer/")
    [message] = get_messages(made.wsgi_request)
    assert "Horus is customer CUST-00001." in str(message)
    contact.refresh_from_db()
    assert (contact.customer_number, contact.contact_type.name) == ("CUST-00001", "Customer")
    client.post(f"/contacts/{contact.pk}/vendor/")
    contact.refresh_from_db()
    assert (contact.vendor_number, contact.contact_type.name) == ("VEND-00001", "Both")
    shown = page(client, contact)
    assert "Sales and purchase" in shown
    assert "CUST-00001" in shown
    assert 'id="trading"' in page(client, contact, "edit/")
    assert "Horus" in client.get("/contacts/", {"q": "cust-00001"}).content.decode()
    again = client.post(f"/contacts/{contact.pk}/customer/")
    assert "has the number CUST-00001 already" in str(list(get_messages(again.wsgi_request))[-1])
    undo = message.extra_tags.split("?")[0]
    client.post(undo)
    contact.refresh_from_db()
    assert (contact.customer_number, contact.vendor_number) == (None, "VEND-00001")
    client.post(f"/contacts/{contact.pk}/customer/")
    contact.refresh_from_db()
    assert contact.customer_number == "CUST-00002"


def test_terms_that_are_there_are_shown_whatever_the_type(agent: User, signed_in: SignIn) -> None:
    contact, client = make_contact(agent, credit_limit="90000"), signed_in(agent)
    assert "Sales and purchase" in page(client, contact)
    change_contact(contact, agent, credit_limit="")
    assert "Sales and purchase" not in page(client, contact)
