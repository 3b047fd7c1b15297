"""An earlier state of the whole contact: seen as it was, restored in one act, taken back."""

from collections.abc import Callable

import pytest
from django.test import Client

from kith.accounts.models import User
from kith.contacts.models import Contact
from kith.contacts.pages.loading import state_of
from kith.history.models import Change
from kith.reference.models import Option
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def then(contact: Contact, change_set: int | None = None) -> str:
    """The address of its state after that act, or after it was made."""
    changes = Change.objects.filter(record_type="contact", record_id=contact.pk)
    change = changes.filter(change_set=change_set) if change_set else changes
    return f"/contacts/{contact.pk}/history/{change.earliest('pk').pk}/"


def test_an_earlier_state_is_seen_and_restored(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(agent, city="Surat", mobile="93270 58088", tags="vip", priority=2)
    before = state_of(contact.pk)
    change_contact(contact, agent, city="Pune", mobile="", tags="key", remarks="New here")
    middle = change_contact(contact, agent, name="Anju Smithson", priority=5)
    change_contact(contact, agent, city="Rajkot")
    client = signed_in(agent)
    url = then(contact)
    assert f'href="{url}"' in client.get(f"/contacts/{contact.pk}/?tab=history").content.decode()
    page = client.get(url).content.decode()
    for shown in ("Surat", "Rajkot", "Anjali Smithson", "093270 58088", "vip"):
        assert shown in page, shown
    assert "Pune" not in page
    assert "Pune" in client.get(then(contact, middle)).content.decode()
    names = [part.partition('"')[0] for part in page.split('name="field" value="')[1:]]
    now = state_of(contact.pk)
    sent = {"field": names, "version": now["version"]}
    client.post(url, sent)
    restored = state_of(contact.pk)
    assert {**restored, "version": 0} == {**before, "version": 0}
    last = Change.objects.latest("pk")
    client.post(f"/changes/{last.change_set_id}/undo/")
    assert {**state_of(contact.pk), "version": 0} == {**now, "version": 0}


def test_only_what_is_ticked_comes_back(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(agent, city="Surat", remarks="Old")
    change_contact(contact, agent, city="Pune", remarks="New")
    client, url = signed_in(agent), then(contact)
    contact.refresh_from_db()
    assert client.post(url, {"version": contact.version}).status_code == 422
    late = client.post(url, {"field": "city", "version": contact.version - 1})
    assert late.status_code == 409
    client.post(url, {"field": ["city", "code", "version"], "version": contact.version})
    state = state_of(contact.pk)
    assert (state["city"], state["remarks"]) == ("Surat", "New")
    assert client.get(f"/contacts/{contact.pk}/history/999999/").status_code == 404


def test_what_is_gone_is_told_and_left_out(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(agent, industry="Alchemy", city="Surat")
    change_contact(contact, agent, industry="", city="Pune")
    Option.objects.filter(name="Alchemy").delete()
    page = signed_in(agent).get(then(contact)).content.decode()
    assert "is gone and can" in page
    assert 'value="industry"' not in page
    contact.refresh_from_db()
    sent = {"field": ["industry", "city"], "version": contact.version}
    signed_in(agent).post(then(contact), sent)
    state = state_of(contact.pk)
    assert (state["industry"], state["city"]) == (None, "Surat")


def test_the_history_of_a_period(agent: User, signed_in: SignIn) -> None:
    contact = make_contact(agent)
    client, url = signed_in(agent), f"/contacts/{contact.pk}/?tab=history"
    assert "added this contact" in client.get(f"{url}&period=today").content.decode()
    assert "added this contact" in client.get(f"{url}&from=2020-01-01&to=").content.decode()
    page = client.get(f"{url}&from=2019-03-01&to=2020-01-01").content.decode()
    assert "Nothing changed in this time" in page
    assert 'value="2019-03-01"' in page
    assert client.get(f"{url}&from=x&to=9").status_code == 200
