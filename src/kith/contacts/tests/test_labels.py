"""Labels: whose address stands where, in what order, and that nothing of it is read as markup."""

import re
import zlib
from collections.abc import Callable

import pytest
from django.test import Client

from kith.accounts.models import User
from kith.contacts.labels.laying import is_rtl, label_of, size_for
from kith.contacts.labels.sheets import SHEETS
from kith.contacts.models import BuiltIn
from kith.history.models import ChangeSet
from tests.contacts import make_contact, make_link

SignIn = Callable[[User], Client]


def places(pdf: bytes) -> int:
    """How many pages a document has."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    texts = [pdf, *(_unpacked(each) for each in streams)]
    return sum(len(re.findall(rb"/Type\s*/Page\b", text)) for text in texts)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_every_sheet_that_is_sold_holds_its_labels() -> None:
    for sheet in SHEETS.values():
        assert sheet.fits(), sheet.code
        assert len(list(sheet.places())) == sheet.per_page


def test_letters_shrink_until_the_lines_go_in_and_each_line_knows_its_direction() -> None:
    room = (57.5, 32.1)
    assert size_for(["Anjali Shah", "Pune"], 11, room) == 11
    assert 5 <= size_for(["x" * 60] * 8, 11, room) < 8
    assert size_for(["x" * 200] * 10, 11, room) == 5
    made = label_of(["עמר", "5, Herzl", "y" * 40], 11, room, "JP")
    assert [line["rtl"] for line in made["lines"]] == [True, False, False]
    assert (made["rtl"], made["language"]) == (True, "ja")
    assert made["lines"][2]["text"] == "\u200b".join("y" * 40)
    assert (is_rtl("12 عمر"), is_rtl("12"), is_rtl("Ω")) == (True, False, False)


@pytest.mark.django_db
def test_labels_are_previewed_printed_and_recorded(
    manager: User, agent: User, signed_in: SignIn
) -> None:
    firm = make_contact(name="#import *x* $a$ Ltd", kind="company", address1="5, Park Row",
                        city="Pune", postal_code="411001", country="IN",
                        concerned_person="Ravi <b>Rao</b>")  # fmt: skip
    ann = make_contact(name="Ann 李小龙", address1="1 High St", city="Leeds", country="GB")
    make_link(ann, firm)
    lost = make_contact(name="No Home")
    hidden = make_contact(agent, name="Hidden One", accessibility="me", address1="9 Secret Rd")
    client = signed_in(manager)
    assert 'formaction="/contacts/labels/"' in client.get("/contacts/").content.decode()
    assert f"/contacts/labels/?id={ann.pk}" in client.get(f"/contacts/{ann.pk}/").content.decode()

    ticked = {"id": [firm.pk, ann.pk, lost.pk, hidden.pk, "x", "9" * 30]}
    page = client.post("/contacts/labels/", ticked).content.decode()
    assert f'name="ids" value="{firm.pk},{ann.pk},{lost.pk}"' in page
    assert "data:image/png;base64," in page
    assert "2 addresses, 1 sheet" in page
    assert "No Home" in page
    assert "1 is left out" in page
    assert "Hidden" not in page

    nobody = client.post("/contacts/labels/", {"ids": "", "sheet": "DL", "act": "print"})
    assert "Nobody is chosen" in nobody.content.decode()
    own = make_contact(name="Contacts", address1="3 High St", city="Leeds", country="GB")
    BuiltIn.objects.create(name="contacts", contact_id=own.pk)
    ticked = {"id": [ann.pk, own.pk]}
    assert "2 addresses" in client.post("/contacts/labels/", ticked).content.decode()
    every = client.post("/contacts/labels/?q=leeds", {"all": "1"}).content.decode()
    assert "1 address, 1 envelope" in every
    assert 'name="ids" value="all"' in every
    sent = {"ids": f"{firm.pk},{ann.pk},{lost.pk}", "sheet": "DL", "sender": "Kith\nBerlin"}
    changed = {"HX-Request": "true"}
    asked = client.post("/contacts/labels/", sent | {"act": "print"}, headers=changed)
    assert 'id="labels"' in asked.content.decode(), "a change after printing asks for the preview"
    assert not ChangeSet.objects.filter(note__startswith="Labels").exists()
    answer = client.post("/contacts/labels/", sent | {"act": "print"})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith('attachment; filename="labels-DL-')
    assert places(answer.content) == 2
    noted = ChangeSet.objects.latest("pk")
    assert noted.actor == manager
    assert noted.note.startswith("Labels: 2 addresses printed on Envelope DL")
    # What was printed on is there the next time; a place that the sheet has not got is its last.
    again = client.get("/contacts/labels/?q=high+leeds").content.decode()
    assert '<option value="DL" selected>' in again
    sent |= {"sheet": "L7163", "start": "14"}
    assert "2 addresses, 2 sheets" in client.post("/contacts/labels/", sent).content.decode()


@pytest.mark.django_db
def test_what_cannot_be_printed_is_said(manager: User, signed_in: SignIn) -> None:
    client = signed_in(manager)
    assert "Nobody is chosen" in client.post("/contacts/labels/", {}).content.decode()
    ann = make_contact(name="Ann \U000e1000", address1="1 High Street", city="Leeds", country="GB")
    url = f"/contacts/labels/?id={ann.pk}"
    assert "No font here has these characters" in client.get(url).content.decode()
    own = {"ids": str(ann.pk), "sheet": "own", "page_width": "100", "page_height": "60",
           "left": "5", "top": "5", "width": "90", "height": "40", "gap_x": "0", "gap_y": "0",
           "columns": "1", "rows": "1"}  # fmt: skip
    printed = client.post(url, own | {"act": "print"})
    assert (printed.status_code, places(printed.content)) == (200, 1)
    for wrong in ({"columns": "2"}, {"width": ""}, {"height": "-5"}, {"width": "nan"},
                  {"sheet": "A0"}, {"start": "0"}):  # fmt: skip
        refused = client.post(url, own | wrong | {"act": "print"})
        assert refused.status_code == 422, wrong
    assert "too long" not in client.post(url, own).content.decode()
    small = client.post(url, own | {"width": "15", "height": "10"}).content.decode()
    assert "1 address is too long to be printed whole" in small
    lost = make_contact(name="No Home")
    nobody = client.post("/contacts/labels/", {"ids": lost.pk, "sheet": "DL", "act": "print"})
    assert "1 is left out" in nobody.content.decode()
