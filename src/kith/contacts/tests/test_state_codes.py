"""States that were kept by name or by a former code become present codes; nothing is dropped."""

import pytest

from kith.contacts.models import Contact, Site
from kith.contacts.services.states import states_put_right
from kith.history.models import ChangeSet
from tests.contacts import make_contact


@pytest.mark.django_db
def test_names_and_former_codes_become_present_codes() -> None:
    held = {"Orissa": "IN-OD", "IN-UT": "IN-UK", "Middle Earth": "Middle Earth"}
    made: dict[str, Contact] = {name: make_contact(country="India") for name in held}
    for name, contact in made.items():
        Site.objects.filter(contact=contact).update(state=name)
    before = ChangeSet.objects.count()
    assert states_put_right() == 2
    for name, contact in made.items():
        assert Site.objects.get(contact=contact).state == held[name]
    assert ChangeSet.objects.count() == before + 1
    assert states_put_right() == 0
