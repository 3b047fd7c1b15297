"""Labels: the right place on the sheet, the order of the country's post, letters of any script."""

from typing import Any

import pytest
from django.urls import reverse

from kith.accounts.actors import SYSTEM
from kith.contacts.labels import PAPERS, _pages, label_lines, labels_pdf
from kith.contacts.services.contacts import contact_save
from kith.records.checking import Draft


def test_an_address_is_in_the_order_of_its_country() -> None:
    state = {"kind": "person", "name": "Anjali Shah", "company": "Horus", "address1": "5, Road"}
    state |= {"city": "Ahmedabad", "postal_code": "380015", "country": "IN"}
    lines = label_lines(state, "Ms.", "IN")
    assert lines[:3] == ["Ms. Anjali Shah", "Horus", "5, Road"]
    assert "380015" in lines[3]
    assert label_lines(state, "", "GB")[-1] == "INDIA"
    company = {"kind": "company", "name": "Horus", "concerned_person": "Mr. Roy", "city": "Leeds"}
    assert label_lines(company, "", "GB") == ["Horus", "Mr. Roy", "Leeds"]
    assert label_lines({"kind": "person", "name": "A"}, "", "IN") == ["A"]


def test_labels_begin_at_the_first_free_one() -> None:
    pages = list(_pages([["a"], ["b"], ["c"]], PAPERS["L7163"], start=13))
    assert pages == [[(12, ["a"]), (13, ["b"])], [(0, ["c"])]]


@pytest.mark.django_db
def test_what_is_listed_is_printed(manager: Any, agent: Any, signed_in: Any) -> None:
    for name in ("नमस्ते #set page()", "東京 $x$", "محمد \\ "):
        contact_save(actor=SYSTEM, draft=Draft({"name": name, "city": "Pune", "country": "India"}))
    url = reverse("contacts:export")
    client = signed_in(manager)
    assert "Avery L7160" in client.get(url).content.decode()
    answer = client.get(url, {"format": "labels", "paper": "DL", "start": "1"})
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF-")
    assert answer.content.count(b"/Type /Page\n") == 3 or b"/Count 3" in answer.content
    assert client.get(url, {"format": "labels", "paper": "A0"}).status_code == 400
    assert client.get(url, {"format": "labels", "paper": "DL", "q": "zzzz"}).status_code == 400
    table = client.get(url, {"format": "csv", "columns": ["city", "name"]})
    text = b"".join(table.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "Name,City"
    assert signed_in(agent).get(url, {"format": "labels", "paper": "DL"}).status_code == 403
    assert labels_pdf([["A" * 500]], PAPERS["5160"]).startswith(b"%PDF-")
