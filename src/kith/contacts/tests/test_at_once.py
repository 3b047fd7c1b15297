"""Two people at work at the same moment, on either database."""

from collections.abc import Callable
from threading import Event, Thread
from time import sleep

import pytest
from django.db import connection, transaction

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Contact, ContactDocument
from kith.contacts.services.contacts import contacts_trash
from kith.contacts.services.erasing import contacts_erase
from tests.contacts import change_contact, make_contact, make_link

pytestmark = pytest.mark.django_db(transaction=True)


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> list[Exception]:
    """`second` begins when `first` has written, and before it commits; what went wrong."""
    written, errors = Event(), []

    def slow() -> None:
        with transaction.atomic():
            first()
            written.set()
            sleep(0.5)

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 (told to the test)
            errors.append(error)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[slow]), Thread(target=run, args=[second])]
    threads[0].start()
    written.wait(10)
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


def test_what_was_taken_out_of_the_trash_meanwhile_is_not_erased() -> None:
    kept, erased = make_contact(name="Kept"), make_contact(name="Erased")
    contacts_trash(actor=SYSTEM, ids=[erased.pk])
    assert contacts_erase(actor=SYSTEM, ids=[kept.pk, erased.pk]) == 1
    assert Contact.objects.get() == kept
