"""Portions that are made before their turn come to the same as those that are not."""

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest

from kith.accounts.actors import SYSTEM
from kith.contacts.models import Contact, ContactDocument
from kith.contacts.record import CONTACT
from kith.core import aside, storing
from kith.core.aside import Aside
from kith.core.record_types import registry
from kith.history.models import Change, Door
from kith.records import bulk
from kith.records.checking import Checked
from kith.records.door import change_set
from kith.records.indexing import documents_of
from kith.transfer.models import ImportRow
from kith.transfer.services import portions, running
from kith.transfer.services.ready import Ready

ROWS = [
    (f"Person {number}", f"p{number}@example.com", "Pune", "India", "Gold" if number % 2 else "")
    for number in range(12)
]
SHEET = (("Name", "Email", "City", "Country", "Tags"), *ROWS)


@pytest.fixture
def fitted(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether what was made beforehand was used, by portion."""
    for module in (storing, bulk):
        monkeypatch.setattr(module, "MANY", 1)
    monkeypatch.setattr(portions, "PORTION", 2)
    told, fits = list[bool](), Ready.fits

    def fits_told(self: Ready, *arguments: Any) -> bool:
        told.append(fits(self, *arguments))
        return told[-1]

    monkeypatch.setattr(Ready, "fits", fits_told)
    return told


def between(monkeypatch: pytest.MonkeyPatch, *acts: Any) -> None:
    """One of `acts` after each portion."""
    left: Iterator[Any] = iter(acts)
    monkeypatch.setattr(running, "give_way", lambda: next(left, int)())  # noqa: PLW0108


def what_is_stored() -> list[Any]:
    contacts = Contact.objects.order_by("pk").values_list("code", "name", "sort_name", "version")
    rows = ContactDocument.objects.values_list("record_id", "place", "body")
    bodies = {pk: (place, body) for pk, place, body in rows}
    assert bodies == documents_of(CONTACT, list(bodies))
    noted = ImportRow.objects.order_by("number").values_list("outcome", "record_id")
    changes = Change.objects.filter(record_type="contact").order_by("record_id")
    return [list(contacts), bodies, list(noted), list(changes.values_list("record_id", "values"))]


def test_it_is_used_and_is_what_would_have_been_made(
    kith: Any, sheet: Any, fitted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = kith("import", sheet(*SHEET))
    assert (report["created"], fitted) == (12, [True] * 4)
    contacts, bodies, noted, changes = what_is_stored()
    assert [name for _code, name, *_ in contacts] == [name for name, *_ in ROWS]
    assert len(bodies) == len(changes) == 12
    first = noted[0][1]
    assert noted == [("created", first + number) for number in range(12)]
    assert [values["code"] for _pk, values in changes] == [code for code, *_ in contacts]
    cities = [values["city"] for _pk, values in changes]
    assert cities == ["Pune"] * 12


def test_what_has_changed_meanwhile_is_made_anew(
    kith: Any, sheet: Any, fitted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    def somebody_else() -> None:
        with change_set(actor=SYSTEM, door=Door.SCREEN) as changes:
            changes.save(CONTACT, Checked({"name": "Somebody else"}))

    def city_renamed() -> None:
        with change_set(actor=SYSTEM, door=Door.SCREEN) as changes:
            city = registry.get("city")
            pk = city.model.objects.get(folded="pune").pk
            changes.save(city, Checked({"name": "PUNE"}, id=pk))

    def nothing() -> None:
        pass

    between(monkeypatch, nothing, nothing, somebody_else, nothing, city_renamed)
    report = kith("import", sheet(*SHEET))
    assert (report["created"], fitted) == (12, [True, False, True, False])
    contacts, _bodies, noted, changes = what_is_stored()
    assert len(contacts) == 13
    ids = [pk for _outcome, pk in noted]
    assert sorted({*ids}) == ids
    assert ids[-1] - ids[0] == 12, "No code was left out."
    cities = [values["city"] for _pk, values in changes if "city" in values]
    assert cities == ["Pune"] * 10 + ["PUNE"] * 2


def test_a_second_process_that_dies_is_done_without(
    kith: Any, sheet: Any, fitted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = list[Aside[Any]]()
    begin = Aside.__init__

    def begin_told(self: Aside[Any], *arguments: Any) -> None:
        begin(self, *arguments)
        begun.append(self)

    def dies() -> None:
        os.kill(begun[-1]._child, signal.SIGKILL)

    monkeypatch.setattr(Aside, "__init__", begin_told)
    monkeypatch.setattr(aside, "ROOM", 1)
    between(monkeypatch, int, int, int, dies)
    long = "More than waits in the pipe. " * 200
    report = kith("import", sheet((*SHEET[0], "Remarks"), *((*row, long) for row in ROWS)))
    assert report["created"] == 12
    assert len(begun) == 3
    contacts, *_others = what_is_stored()
    assert [name for _code, name, *_ in contacts] == [name for name, *_ in ROWS]
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
