"""Sensitive values of contacts: masked, shown to who may see them, never stored in the clear."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.cli.main import main
from kith.contacts.models import Contact
from kith.contacts.pages.loading import state_of
from kith.customfields.services.fields import field_update
from kith.transfer.models import ImportRow
from tests.contacts import make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
NUMBER, OTHER, BAD = "234123412346", "499118665246", "234123412347"
HTMX = {"HX-Request": "true"}


def dump() -> str:
    """All that the database holds, as text; but for the samples of sheets as they were uploaded."""
    found = []
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names()) - {"transfer_import"}:
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_a_value_is_revealed_to_who_may_and_that_is_remembered(
    manager: User, agent: User, signed_in: SignIn
) -> None:
    contact = make_contact(manager, aadhaar=NUMBER)
    card, url = f"/contacts/{contact.pk}/", f"/contacts/{contact.pk}/reveal/aadhaar/"
    seen_by_agent = signed_in(agent).get(card).content.decode()
    assert "•••• 2346" in seen_by_agent
    assert url not in seen_by_agent
    assert signed_in(agent).post(url).status_code == 403
    client = signed_in(manager)
    assert url in client.get(card).content.decode()
    shown = client.post(url, headers=HTMX).content.decode()
    assert "2341 2341 2346" in shown or NUMBER in shown
    assert 'hx-trigger="load delay:30s"' in shown
    page = client.post(url).content.decode()
    assert "stands in the history" in page
    history = client.get(card).content.decode()
    assert history.count("saw the sensitive value: Aadhaar") == 2
    assert NUMBER not in history
    assert client.get(url).status_code == 405
    assert client.post(url.replace("aadhaar", "iban")).status_code == 404
    assert client.post(url.replace("aadhaar", "name")).status_code == 404
    assert "unverified" not in shown
    doubtful = make_contact(manager, name="Isis", aadhaar=BAD)
    shown = client.post(f"/contacts/{doubtful.pk}/reveal/aadhaar/", headers=HTMX).content.decode()
    assert "unverified" in shown
    assert "k-doubt" in shown


def test_a_form_keeps_what_is_not_typed_anew(manager: User, signed_in: SignIn) -> None:
    contact = make_contact(manager, aadhaar=NUMBER)
    client, url = signed_in(manager), f"/contacts/{contact.pk}/edit/"
    page = client.get(url).content.decode()
    assert 'placeholder="•••• 2346"' in page
    assert NUMBER not in page
    stored = state_of(contact.pk)["aadhaar"]
    sent = {"name": contact.name, "aadhaar": ""}
    client.post(url, {**sent, "remarks": "Hello"})
    client.post(url, {**sent, "aadhaar": "2341 2341 2346"})
    assert state_of(contact.pk)["aadhaar"] == stored
    assert client.post(url, {**sent, "aadhaar": "•••• 2346"}).status_code == 422
    client.post(url, {**sent, "aadhaar": OTHER})
    assert state_of(contact.pk)["aadhaar"]["mask"] == "•••• 5246"
    fact = f"/contacts/{contact.pk}/fields/aadhaar/"
    client.post(fact, {"aadhaar": "", "aadhaar-remove": "on"}, headers=HTMX)
    assert state_of(contact.pk)["aadhaar"] is None
    history = client.get(f"/contacts/{contact.pk}/?tab=history").content.decode()
    assert "•••• 5246" in history
    new = client.get("/contacts/new/").content.decode()
    assert 'hx-params="not aadhaar,' in new  # No address ever holds one.
    field_update(actor=SYSTEM, name="aadhaar", values={"required_for": ["person"]})
    assert 'hx-params="not aadhaar"' in client.get("/contacts/quick/").content.decode()
    assert NUMBER not in dump()
    assert OTHER not in dump()


def test_an_export_holds_masks_unless_the_values_are_asked_for(
    manager: User, signed_in: SignIn
) -> None:
    contact = make_contact(manager, aadhaar=NUMBER)
    make_contact(manager, name="Somebody Else")
    client = signed_in(manager)

    def sheet(**sent: str) -> str:
        answer = client.post("/contacts/export/", {"listed": "1", "format": "csv", **sent})
        return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]

    assert "•••• 2346" in sheet()
    clear = sheet(sensitive="1").replace(" ", "")
    assert NUMBER in clear
    history = client.get(f"/contacts/{contact.pk}/").content.decode()
    assert history.count("in an export: Aadhaar") == 1
    assert "sensitive" in client.get("/contacts/export/").content.decode()


def test_an_import_holds_nothing_in_the_clear_and_finds_the_same_number(
    manager: User, tmp_path: Path, settings: Any, capsys: Any
) -> None:
    make_contact(manager, name="Anjali Smithson", aadhaar=NUMBER)
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"Name,Aadhaar Number\nA. Smithson,{NUMBER}\nRavi,{OTHER}\nBad,{BAD}x\n")
    assert main(["import", str(sheet), "--match", "identifier"]) == 0
    rows = {row.number: row for row in ImportRow.objects.all()}
    assert rows[2].outcome == "duplicate"
    assert Contact.objects.filter(name="Ravi").exists()
    assert all(number not in dump() for number in (NUMBER, OTHER, BAD))
    told = capsys.readouterr().out
    assert all(number not in told for number in (NUMBER, OTHER, BAD))
    checked = [
        path.read_text(errors="replace")
        for path in Path(settings.DATA_DIR).rglob("checked*")
        if path.is_file()
    ]
    assert checked
    assert all(OTHER not in text for text in checked)
