"""Prospects: kept apart from contacts, until they are converted with all they carry."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from kith.accounts.models import User
from kith.cli.main import main
from kith.contacts.models import Contact, Link
from kith.contacts.pages.loading import state_of
from kith.contacts.queries import visible_to
from kith.history.models import ChangeSet
from tests.contacts import make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def prospect(actor: Any, **values: Any) -> Contact:
    return make_contact(actor, is_prospect=True, **values)


def page(client: Client, url: str) -> str:
    return client.get(url).content.decode()


def test_a_prospect_is_added_found_and_converted(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    sent = {"name": "Ravi Fairbrook", "company": "Fairbrook Mills", "mobile": "93270 58088"}
    client.post("/prospects/quick/", sent)
    ravi = Contact.objects.get(name="Ravi Fairbrook")
    mills = Contact.objects.get(name="Fairbrook Mills")
    assert (ravi.is_prospect, ravi.code) == (True, f"P-{ravi.pk:06d}")
    assert (mills.is_prospect, mills.code) == (True, f"P-{mills.pk:06d}")
    listed = page(client, "/prospects/?q=airbroo")
    assert "Ravi Fairbrook" in listed
    assert 'aria-label="New prospect" data-dialog data-key="c"' in listed
    assert "Ravi Fairbrook" not in page(client, "/contacts/")
    assert "Nothing found" in page(client, "/contacts/?q=fairbrook")
    assert "Prospect, Fairbrook Mills" in page(client, "/palette/?q=ravi")
    card = page(client, f"/contacts/{ravi.pk}/")
    assert "added this prospect" in card
    assert 'href="/prospects/" aria-current="page"' in card, "it stands among the prospects"
    assert f"/contacts/{ravi.pk}/convert/" in card
    alike = page(client, "/contacts/alike/?name=Ravi+Fairbrok&mobile=9327058088")
    assert "the same mobile; a prospect" in alike

    before = state_of(ravi.pk)
    client.post(f"/contacts/{ravi.pk}/convert/")
    now = state_of(ravi.pk)
    assert now["code"] == f"C-{ravi.pk:06d}"
    assert {*visible_to(agent).values_list("pk", flat=True)} >= {ravi.pk, mills.pk}
    assert Link.objects.filter(contact=ravi, other=mills, is_primary=True).exists()
    same = {name for name in before if before[name] == now[name]}
    assert {*before} - same == {"is_prospect", "code", "version"}
    card = page(client, f"/contacts/{ravi.pk}/")
    assert "made a contact of this prospect" in card
    assert "added this prospect" in card
    assert "/convert/" not in card
    assert client.get(f"/contacts/{ravi.pk}/convert/").status_code == 404
    assert "No prospects yet" in page(client, "/prospects/")

    client.post(f"/changes/{ChangeSet.objects.latest('pk').pk}/undo/")
    assert state_of(ravi.pk)["code"] == before["code"]
    assert not visible_to(agent).filter(pk__in=[ravi.pk, mills.pk]).exists()


def test_many_are_converted_and_exported_but_nobody_elses(
    manager: User, agent: User, signed_in: SignIn
) -> None:
    client = signed_in(manager)
    mine = [prospect(manager, name=f"Lead {n}") for n in range(3)]
    hidden = prospect(agent, name="Lead Hidden", accessibility="me")
    contact = make_contact(manager, name="Lead Contact")
    listed = page(client, "/prospects/?q=kind:person+lead")
    assert all(each.name in listed for each in mine)
    assert "Hidden" not in listed
    assert "Lead Contact" not in listed
    answer = client.post("/prospects/export/", {"listed": "1", "format": "csv"})
    sheet = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert mine[0].code in sheet
    assert "Lead Contact" not in sheet
    ids = [mine[0].pk, mine[1].pk, hidden.pk, contact.pk]
    answer = client.post("/prospects/export/", {"id": ids})
    assert answer.status_code == 200
    assert "<b>4 prospects</b>" in answer.content.decode()
    client.post("/prospects/convert/", {"id": ids})
    left = Contact.objects.filter(is_prospect=True).values_list("pk", flat=True)
    assert {*left} == {mine[2].pk, hidden.pk}
    client.post(f"/contacts/{mine[2].pk}/delete/")
    assert mine[2].name in page(client, "/contacts/trash/")
    client.post("/contacts/trash/restore/", {"id": mine[2].pk})
    assert mine[2].name in page(client, "/prospects/")


def test_a_contact_keeps_its_company_when_a_prospect_names_it(manager: User) -> None:
    firm = make_contact(manager, kind="company", name="Horus")
    prospect(manager, name="Newcomer", company="HORUS")
    assert Contact.objects.filter(sort_name="horus").get() == firm


def test_somebody_may_be_known_through_a_prospect(
    agent: User, manager: User, signed_in: SignIn
) -> None:
    ravi = prospect(agent, name="Ravi Fairbrook")
    hidden = prospect(manager, name="Ravi Hidden", accessibility="me")
    contact, client = make_contact(agent, reference="Prospect"), signed_in(agent)
    offered = client.get("/options/contact/", {"q": "ravi"}).json()["results"]
    assert offered == [{"value": f"id:{ravi.pk}", "text": f"Ravi Fairbrook · {ravi.code}"}]
    fact = f"/contacts/{contact.pk}/fields/reference_contact/"
    for known in (f"id:{ravi.pk}", ravi.code, "ravi fairbrook"):
        assert client.post(fact, {"reference_contact": known}).status_code == 302
        assert f'href="/contacts/{ravi.pk}/"' in page(client, f"/contacts/{contact.pk}/")
    assert client.post(fact, {"reference_contact": hidden.code}).status_code == 422


def test_prospects_are_imported(tmp_path: Path, capsys: Any) -> None:
    sheet = tmp_path / "fair.csv"
    sheet.write_text("Name,Mobile\nAda Lovelace,+91 93270 58088\nGrace Hopper,\n")
    known = make_contact(name="Ada L.", mobile="+91 93270 58088")
    assert main(["import", str(sheet), "--prospects"]) == 0
    made = Contact.objects.exclude(pk=known.pk)
    assert [(each.name, each.is_prospect, each.code[:2]) for each in made] == [
        ("Grace Hopper", True, "P-")
    ]
