"""Undo where the database would refuse what was: it is kept and told, and the rest goes back."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from kith.accounts.models import User
from kith.contacts.models import ContactKind, Link
from kith.contacts.pages.loading import state_of
from kith.contacts.record import LINK
from kith.contacts.services.links import link_remove, link_save
from kith.history.models import Door
from kith.records.door import change_set
from kith.reference.models import Option
from tests.contacts import change_contact, make_contact, make_link

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
COMPANY = ContactKind.COMPANY.value


def told(client: Client, change: int) -> str:
    response = client.post(f"/changes/{change}/undo/")
    assert response.status_code == 302
    [message] = get_messages(response.wsgi_request)
    return str(message)


def test_a_link_that_was_made_again_is_not_brought_back_twice(
    agent: User, signed_in: SignIn
) -> None:
    person, firm = make_contact(), make_contact(kind=COMPANY, name="Horus Tech")
    removed = link_remove(actor=agent, pk=make_link(person, firm))
    again = make_link(person, firm)
    assert "Kept as it is" in told(signed_in(agent), removed.pk)
    assert list(Link.objects.values_list("pk", flat=True)) == [again]


def test_of_several_the_others_come_back(agent: User, signed_in: SignIn) -> None:
    person = make_contact()
    firms = [make_contact(kind=COMPANY, name=name) for name in ("Horus", "Nordvik", "Isis")]
    links = [make_link(person, firm) for firm in firms]
    with change_set(actor=agent, door=Door.SCREEN) as changes:
        changes.remove_many(LINK, links)
    again = make_link(person, firms[0])
    said = told(signed_in(agent), changes.record.pk)
    assert "Undone: 2 changes" in said
    assert "Kept as it is" in said
    assert set(Link.objects.values_list("pk", flat=True)) == {again, *links[1:]}


def test_two_links_are_never_both_the_primary_one(agent: User, signed_in: SignIn) -> None:
    person = make_contact()
    first = make_link(person, make_contact(kind=COMPANY, name="Horus Tech"))
    removed = link_remove(actor=agent, pk=first)
    second = make_link(person, make_contact(kind=COMPANY, name="Nordvik"))
    assert "Kept as it is" in told(signed_in(agent), removed.pk)
    assert Link.objects.get(is_primary=True).pk == second


def test_what_can_go_back_does_where_the_rest_is_kept(agent: User, signed_in: SignIn) -> None:
    person = make_contact()
    firms = [make_contact(kind=COMPANY, name=name) for name in ("Horus Tech", "Nordvik")]
    first = make_link(person, firms[0])
    values = {"contact": person.pk, "other": firms[1].pk, "relation": "Employer"}
    second, change = link_save(actor=agent, values=values | {"is_primary": True})
    assert change
    link_save(actor=agent, pk=second, values={"job_title": "Manager"})
    assert "Kept as it is" in told(signed_in(agent), change.pk)
    assert Link.objects.get(is_primary=True).pk == second
    assert not Link.objects.get(pk=first).is_primary


def test_a_value_whose_option_is_gone_does_not_come_back(agent: User, signed_in: SignIn) -> None:
    person = make_contact()
    made = change_contact(person, agent, designation={"new": "Astronaut"}, remarks="Old")
    changed = change_contact(person, agent, designation={"new": "Baker"}, remarks="New")
    told(signed_in(agent), made)
    said = told(signed_in(agent), changed)
    assert not Option.objects.filter(name="Astronaut").exists()
    assert "Undone: 1 change." in said
    assert "Kept as it is: Designation of Anjali Smithson" in said
    state = state_of(person.pk)
    assert state["remarks"] == "Old"
    assert Option.objects.get(pk=state["designation"]).name == "Baker"
