"""A company that somebody may not see shows nowhere beside a person they may see."""

from typing import Any

import pytest

from kith.contacts.context import reading_context
from kith.contacts.models import Contact, ContactDocument, Link
from kith.contacts.queries import visible_to
from kith.contacts.record import CONTACT
from kith.contacts.services.companies import load_company
from kith.core.kinds.audience import EVERYONE
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.search.engine import matching
from kith.search.query import read_query


def save(actor: Any, pk: int | None = None, **values: Any) -> int:
    with change_set(actor=actor, door="screen", context=reading_context()) as changes:
        return changes.save(CONTACT, Draft(values, id=pk))


def found(user: Any, text: str) -> list[str]:
    condition = matching(ContactDocument, read_query(text))
    return list(visible_to(user).filter(condition).order_by("name").values_list("name", flat=True))


@pytest.fixture
def people(make_user: Any) -> tuple[Any, Any]:
    return make_user("agent"), make_user("agent")


def test_a_hidden_company_is_not_shown_found_or_lost(people: tuple[Any, Any]) -> None:
    owner, other = people
    company = save(owner, name="Secret Ventures", kind="company", accessibility="me")
    person = save(owner, name="Anjali Smithson", company="secret ventures")
    assert load_company([person], owner) == {person: "Secret Ventures"}
    assert load_company([person], other) == {}
    assert found(owner, "secret") == ["Secret Ventures"]
    assert found(other, "secret") == []
    # The other sees an empty company; saving that changes nothing, naming one makes another.
    save(other, person, company=None)
    assert load_company([person], owner) == {person: "Secret Ventures"}
    save(other, person, company="Secret Ventures")
    assert Contact.objects.filter(name="Secret Ventures").count() == 2
    assert Link.objects.filter(contact=person).count() == 2
    assert Link.objects.exclude(other=company).get(contact=person).is_primary


def test_a_private_persons_new_company_is_private(people: tuple[Any, Any]) -> None:
    owner, other = people
    save(owner, name="Anjali", company="Horus", accessibility="me")
    company = Contact.objects.get(name="Horus")
    assert company.reach_id == Contact.objects.get(name="Anjali").reach_id != EVERYONE
    assert found(other, "horus") == []


def test_only_me_is_whoever_says_so(people: tuple[Any, Any]) -> None:
    owner, other = people
    person = save(owner, name="Anjali")
    save(other, person, accessibility="me")
    assert found(other, "anjali") == ["Anjali"]
    assert found(owner, "anjali") == []


def test_renaming_a_company_reaches_its_people(people: tuple[Any, Any]) -> None:
    owner, _ = people
    save(owner, name="Anjali", company="Horus Tech")
    company = Contact.objects.get(name="Horus Tech").pk
    save(owner, company, name="Nordvik")
    assert found(owner, "nordvik") == ["Anjali", "Nordvik"]
    assert found(owner, "horus") == []
    save(owner, company, accessibility="me")
    assert found(owner, "nordvik") == ["Nordvik"]
    assert ContactDocument.objects.count() == 2


def test_the_order_of_tags_is_no_change(people: tuple[Any, Any]) -> None:
    owner, _ = people
    person = save(owner, name="Anjali", tags="key, export")
    version = Contact.objects.get(pk=person).version
    save(owner, person, tags="export, key")
    assert Contact.objects.get(pk=person).version == version
    save(owner, person, tags="export")
    assert Contact.objects.get(pk=person).version == version + 1
