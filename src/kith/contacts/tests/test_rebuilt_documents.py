"""Documents that several processes make anew are those that the records ask for."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Contact, ContactDocument
from kith.contacts.services.contacts import contacts_trash
from kith.core.aside import Aside
from kith.records import rebuilding
from kith.records.reindexing import Reindexed, reindex
from kith.search import beside
from kith.search import rebuilding as building
from kith.search.engine import matching
from kith.search.syntax import Word
from kith.search.tidying import index_tidy
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db(transaction=True)
NAMES = ("Åse Lund", "Anjali Shah", "Omkar", "", "Bo Lund", "Zoe", "Yash", "Abel", "Carl")


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> dict[int, int]:
    """How often each of them was asked for a portion of two contacts."""
    asked: dict[int, int] = {}
    take = Aside.__next__

    def taken(self: Aside[Any]) -> Any:
        asked[self._child] = asked.get(self._child, 0) + 1
        return take(self)

    monkeypatch.setattr(Aside, "__next__", taken)
    monkeypatch.setattr(rebuilding, "can_fork", lambda: True)
    monkeypatch.setattr(rebuilding, "STEP", 2)
    monkeypatch.setattr(rebuilding, "WORTH", 1)
    monkeypatch.setattr(building, "BATCH", 4)
    return asked


def spoil() -> None:
    """Documents that say something else, and one that is missing."""
    for number, name in enumerate(NAMES):
        make_contact(name=name or "Nobody", remarks=f"number {number}")
    Contact.objects.filter(name="Nobody").delete()
    ContactDocument.objects.filter(body__contains="lund").delete()
    ContactDocument.objects.filter(body__contains="omkar").update(body=" something else ")


def assert_right() -> None:
    assert reindex(mend=False).mended == 0
    for word, many in (("lund", 2), ("omkar", 1), ("else", 0)):
        assert Contact.objects.filter(matching(ContactDocument, Word(word))).count() == many


def test_all_are_made_anew_also_when_a_process_dies(
    processes: dict[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil()
    told: list[int] = []
    assert rebuilding.rebuild(on_step=told.append).mended == 8
    assert processes, "Others have made them."
    assert told[-1] == 8
    assert_right()

    make, parent = rebuilding._make, os.getpid()

    def dies(*arguments: Any) -> Any:
        yield next(made := make(*arguments))
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        yield from made

    monkeypatch.setattr(rebuilding, "_make", dies)
    ContactDocument.objects.all().delete()
    assert rebuilding.rebuild().mended == 8
    assert_right()


@pytest.mark.skipif("connection.vendor != 'postgresql'")
def test_others_write_and_search_while_all_are_made_anew(processes: dict[int, int]) -> None:
    beside._begin(ContactDocument._meta.db_table)  # Somebody who is killed right after this.
    spoil()
    first, *_rest, last = Contact.objects.order_by("pk")
    left = make_contact(name="Anjali Left")
    found: list[int] = []

    def write(looked_at: int) -> None:
        """What was made already, and what comes behind it."""
        if looked_at == Contact.objects.count():
            change_contact(first, name="Lund Omkar")
            change_contact(last, remarks="nothing")
            make_contact(name="Solveig Omkar")
            contacts_trash(actor=SYSTEM, ids=[left.pk])
            with ThreadPoolExecutor(1) as others:
                found.append(others.submit(search).result())

    assert rebuilding.rebuild(on_step=write).mended == 9
    assert found == [2], "The old documents were searched, and what was written into them."
    assert reindex(mend=False) == Reindexed(checked=10, mended=0)
    assert tables_of_documents() == {ContactDocument._meta.db_table}

    beside._begin(ContactDocument._meta.db_table)
    make_contact(name="Bo Lund")
    index_tidy(ContactDocument)
    assert tables_of_documents() == {ContactDocument._meta.db_table}
    assert reindex(mend=False).mended == 0


def tables_of_documents() -> set[str]:
    names = connection.introspection.table_names()
    return {each for each in names if each.startswith("contacts_contactdocument")}


def search() -> int:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '20s'")
        return Contact.objects.filter(matching(ContactDocument, Word("omkar"))).count()
    finally:
        connection.close()
