"""Two people at work at the same moment, on either database."""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event, Thread
from time import sleep
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from kith.accounts.actors import SYSTEM
from kith.accounts.groups import division_save, team_save
from kith.accounts.models import Role, User
from kith.accounts.role_services import role_remove, role_save
from kith.accounts.services import user_create
from kith.contacts.models import Contact, ContactDocument, Label, Link, Site
from kith.contacts.services.bulk import Act, Do, contacts_change
from kith.contacts.services.cities import city_rename
from kith.contacts.services.contacts import contacts_trash
from kith.contacts.services.erasing import contacts_erase
from kith.contacts.services.handover import managers_replace
from kith.contacts.services.links import link_save
from kith.contacts.services.trading import contact_trade
from kith.core.errors import NotFound, Refused, Rejected
from kith.customfields.services.fields import field_create
from kith.customfields.services.sections import section_create
from kith.history.models import ChangeSet
from kith.records import undo as undoing
from kith.reference.models import City, Option
from kith.reference.services.merging import options_merge
from kith.reference.services.options import option_save
from tests.contacts import change_contact, make_contact, make_link

pytestmark = pytest.mark.django_db(transaction=True)


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> list[Exception]:
    """`second` begins when `first` has written, and before it commits; what went wrong."""
    written, begun, errors = Event(), Event(), []

    def slow() -> None:
        with transaction.atomic():
            first()
            written.set()
            begun.wait(60)
            sleep(0.2)  # Nobody tells that the other one waits for a lock.

    def after() -> None:
        begun.set()
        second()

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 (told to the test)
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[slow]), Thread(target=run, args=[after])]
    threads[0].start()
    written.wait(60)
    threads[1].start()
    for thread in threads:
        thread.join()
    return errors


def test_a_person_and_its_company_are_renamed_at_once() -> None:
    person, firm = make_contact(name="Anjali"), make_contact(kind="company", name="Horus")
    make_link(person, firm)
    errors = meanwhile(
        lambda: change_contact(person, name="Meera"), lambda: change_contact(firm, name="Nordvik")
    )
    assert not errors
    body = ContactDocument.objects.get(pk=person.pk).body
    assert "meera" in body
    assert "nordvik" in body


def test_a_tag_is_renamed_while_somebody_is_given_it() -> None:
    make_contact(name="Anjali", tags=[{"new": "Board"}])
    board = Option.objects.get(list_name="tag", name="Board")
    changed = {"actor": SYSTEM, "list_name": "tag", "attributes": {}, "option": board}
    errors = meanwhile(
        lambda: make_contact(name="Meera", tags=[board.pk]),
        lambda: option_save(name="Council", **changed),
    )
    assert not errors
    bodies = list(ContactDocument.objects.values_list("body", flat=True))
    assert ["council" in body for body in bodies] == [True, True]
    assert not any("board" in body for body in bodies)


def test_a_tag_is_merged_while_somebody_is_given_it() -> None:
    there = make_contact(name="Anjali", tags=[{"new": "Board"}, {"new": "Council"}])
    change_contact(there, tags=[])
    board, council = Option.objects.filter(list_name="tag").order_by("name")

    def given() -> None:
        make_contact(name="Meera", tags=[board.pk])
        change_contact(there, tags=[board.pk])

    errors = meanwhile(given, lambda: options_merge(actor=SYSTEM, keep=council, others=[board]))
    assert not errors
    assert set(Label.objects.values_list("option", flat=True)) == {council.pk}
    bodies = list(ContactDocument.objects.values_list("body", flat=True))
    assert ["council" in body for body in bodies] == [True, True]


def test_what_somebody_changes_while_many_are_changed_stays(make_user: Any) -> None:
    old, new, other = (make_user("agent") for _ in range(3))
    there = make_contact(name="Anjali", manager=old.pk, city="Puna")
    tags = make_contact(name="Meera", tags=[{"new": "Board"}, {"new": "Council"}])
    board, council = Label.objects.filter(contact=tags).values_list("option", flat=True)
    add = Act(Do.ADD, "tags", [council])
    puna = City.objects.get(folded="puna")
    cases: tuple[tuple[dict[str, Any], Callable[[], object]], ...] = (
        ({"manager": other.pk}, lambda: managers_replace(actor=SYSTEM, old=old, new=new)),
        ({"tags": [board]}, lambda: contacts_change(actor=SYSTEM, ids=[there.pk], act=add)),
        ({"city": "Mumbai"}, lambda: city_rename(actor=SYSTEM, city=puna, name="Pune")),
    )
    for theirs, many in cases:
        assert not meanwhile(partial(change_contact, there, **theirs), many)
    assert Contact.objects.get(pk=there.pk).manager_id == other.pk
    held = Label.objects.filter(contact=there).values_list("option", flat=True)
    assert {*held} == {board, council}
    assert Site.objects.get(contact=there).city == "Mumbai"


def test_two_who_make_one_name_at_once_are_told_in_words() -> None:
    given: dict[str, Any] = {"actor": SYSTEM, "name": "West"}
    makers: tuple[Callable[[], object], ...] = (
        lambda: field_create(actor=SYSTEM, label="Club", kind="text"),
        lambda: section_create(actor=SYSTEM, label="Sport"),
        lambda: team_save(members=[], **given),
        lambda: division_save(members=[], **given),
        lambda: role_save(permissions=[], **given),
        lambda: option_save(list_name="tag", attributes={}, **given),
        lambda: user_create(email="w@example.com", password="correct horse battery", **given),
    )
    for make in makers:
        [error] = meanwhile(make, make)
        assert isinstance(error, Refused | Rejected | ValidationError)


def test_a_role_is_removed_while_somebody_is_given_it_or_changes_it() -> None:
    """Whoever comes later is told why not, and it is not made anew."""
    role = role_save(actor=SYSTEM, name="Clerk", permissions=[])

    def give() -> None:
        user_create(
            email="w@example.com", name="West", password="correct horse battery", role=role.key
        )

    def remove() -> None:
        role_remove(actor=SYSTEM, role=role)

    assert [type(error) for error in meanwhile(give, remove)] == [ValidationError]
    User.objects.filter(role=role).delete()
    assert [type(error) for error in meanwhile(remove, give)] == [ValidationError]
    role = role_save(actor=SYSTEM, name="Clerk", permissions=[])
    change = partial(role_save, actor=SYSTEM, name="Scribe", permissions=[], role=role)
    assert [type(error) for error in meanwhile(remove, change)] == [ValidationError]
    assert not Role.objects.filter(key=role.key).exists()


def test_two_customers_at_once_never_get_one_number() -> None:
    one, two = make_contact(name="Anjali"), make_contact(name="Meera")
    errors = meanwhile(
        lambda: contact_trade(actor=SYSTEM, pk=one.pk, role="customer"),
        lambda: contact_trade(actor=SYSTEM, pk=two.pk, role="customer"),
    )
    assert not errors
    numbers = Contact.objects.order_by("pk").values_list("customer_number", flat=True)
    assert list(numbers) == ["CUST-00001", "CUST-00002"]


def test_two_clicks_make_one_link() -> None:
    person, firm = make_contact(), make_contact(kind="company", name="Horus")
    errors = meanwhile(lambda: make_link(person, firm), lambda: make_link(person, firm))
    assert [type(error) for error in errors] == [Rejected]
    assert Link.objects.count() == 1


def test_a_link_taken_away_meanwhile_is_not_there() -> None:
    with pytest.raises(NotFound):
        link_save(actor=SYSTEM, pk=99, values={"job_title": "Manager"})


def test_what_was_taken_out_of_the_trash_meanwhile_is_not_erased() -> None:
    kept, erased = make_contact(name="Kept"), make_contact(name="Erased")
    contacts_trash(actor=SYSTEM, ids=[erased.pk])
    assert contacts_erase(actor=SYSTEM, ids=[kept.pk, erased.pk]) == 1
    assert Contact.objects.get() == kept


def test_an_undo_that_begins_twice_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(undoing, "STEP", 1)
    contacts_trash(actor=SYSTEM, ids=[make_contact(name=name).pk for name in "ABC"])
    original = ChangeSet.objects.latest("pk")

    def again() -> None:
        with suppress(Refused):
            undoing.undo(actor=SYSTEM, original=original)
        connection.close()

    second = Thread(target=again)

    def on_step(seen: int, _report: object) -> None:
        if seen == 1:
            second.start()
            sleep(0.2)

    with suppress(Refused):
        undoing.undo(actor=SYSTEM, original=original, on_step=on_step)
    second.join()
    assert ChangeSet.objects.filter(undoes=original).count() == 1
    assert not Contact.objects.exclude(trashed_at=None).exists()
