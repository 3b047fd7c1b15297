"""The customer 'Contacts': there from the beginning, once, and not to be deleted."""

from collections.abc import Callable

import pytest
from django.test import Client

from kith.accounts.models import User
from kith.contacts.models import Contact, Site
from kith.contacts.services.built_in import built_in_ensure
from tests.contacts import make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def test_the_customer_contacts_is_made_once_and_stays(
    administrator: User, signed_in: SignIn
) -> None:
    pk = built_in_ensure()
    assert built_in_ensure() == pk
    sites = Site.objects.filter(contact=pk, is_main=False).values_list("name", flat=True)
    assert list(sites.order_by("pk")) == ["Facebook", "Twitter", "WhatsApp"]
    client, other = signed_in(administrator), make_contact()
    card = client.get(f"/contacts/{pk}/?tab=sites").content.decode()
    assert "Facebook" in card
    assert "Customer" in card
    refused = client.post(f"/contacts/{pk}/delete/")
    assert (refused.status_code, "be done</h1>" in refused.content.decode()) == (400, True)
    client.post("/contacts/delete/", {"id": [pk, other.pk]})
    assert not Contact.objects.exclude(trashed_at=None).exists()


def test_a_new_customer_is_asked_for_the_main_site(administrator: User, signed_in: SignIn) -> None:
    client = signed_in(administrator)
    page = client.get("/contacts/new/").content.decode()
    url = page.split("site_name=main")[0].rpartition('href="')[2].replace("&amp;", "&")
    form = client.get(f"/contacts/new/{url}site_name=main").content.decode()
    assert 'name="site_name" id="id_site_name" value="main"' in form
