"""Demo contacts: the same for the same seed, sound in every field, and in through the door."""

import datetime as dt

import phonenumbers
import pytest

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.contacts.context import reading_context
from kith.contacts.demo import demo_contacts, demo_load, demo_remove
from kith.contacts.demo.nations import nations
from kith.contacts.models import Contact, Link
from kith.contacts.queries import visible_to
from kith.core import countries
from kith.core.record_types import registry
from kith.records.checking import Draft, check

TODAY = dt.date(2026, 11, 22)


def test_the_same_seed_makes_the_same_contacts() -> None:
    one, same, other = (list(demo_contacts(1_500, seed=s, today=TODAY)) for s in (1, 1, 2))
    assert one == same != other
    assert [len(batch) for batch in one] == [1_000, 500]


def test_every_city_has_a_state_of_its_country_and_a_landline() -> None:
    for nation in nations():
        for city in nation.cities:
            assert city.state in dict(countries.states(nation.iso)), city
            assert "#" in city.landline


@pytest.mark.django_db
def test_no_value_is_refused_or_doubtful() -> None:
    context = reading_context()
    for values in next(demo_contacts(1_000, seed=7, today=TODAY)):
        checked = check(registry.get("contact"), Draft(values), context)
        assert not checked.problems, values
        assert not checked.cautions, values
        for phone in checked.values.get("mobile", []):
            assert phonenumbers.is_valid_number(phonenumbers.parse(phone["value"]))


def test_company_names_are_unique_so_that_people_find_their_employer() -> None:
    batches = list(demo_contacts(20_000, seed=1))
    names = [v["name"] for batch in batches for v in batch if v["kind"] == "company"]
    assert len(names) == len(set(names)) == 4_000


@pytest.mark.django_db
def test_they_go_in_with_links_and_managers() -> None:
    demo_load(count=120, seed=1, today=TODAY)
    assert Contact.objects.count() == 120
    assert Contact.objects.filter(kind="company").count() == 24
    assert Link.objects.filter(is_primary=True).count() > 50
    assert Link.objects.filter(relation__name="Spouse").exists()
    assert Contact.objects.exclude(manager=None).exists()
    assert Contact.objects.values("created_at").distinct().count() > 50
    undone, kept = demo_remove()
    assert (undone > 170, kept) == (True, 0)
    assert not visible_to(SYSTEM).exists()
    assert not User.objects.filter(is_active=True).exists()
    assert demo_remove() == (0, 0)
