"""What is done differently for many rows has the same outcome as for few."""

from typing import Any

import pytest

from kith.contacts.models import Contact, ContactDocument
from kith.contacts.record import CONTACT
from kith.contacts.services import companies
from kith.core import storing
from kith.core.kinds.kind import Context
from kith.core.kinds.social import NETWORKS, Social
from kith.records.indexing import documents_of
from kith.records.rebuilding import rebuild
from kith.search.engine import matching
from kith.search.syntax import Word


def test_documents_that_foretell_the_company_are_those_made_anew(
    kith: Any, sheet: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (storing, companies):
        monkeypatch.setattr(module, "MANY", 1)
    path = sheet(
        ("Name", "Company", "Email", "Relation To", "Site 2 Name"),
        ("Anjali Smithson", "Hörus Technologies", "a@example.com", "", ""),
        ("Rohan Shah", "HORUS  technologies", "r@example.com", "Anjali Smithson", ""),
        ("Meera Iyer", "", "m@example.com", "Hörus Technologies", ""),
        ("", "Hörus Technologies", "", "", ""),
        ("Lisa Roy", "“Omkar Ltd", "l@example.com", "", "Lighthouse"),
    )
    assert kith("import", path)["created"] == 5
    ids = list(Contact.objects.values_list("pk", flat=True))
    rows = ContactDocument.objects.values_list("pk", "place", "body")
    stored = {pk: (place, body) for pk, place, body in rows}
    assert len(stored) == 6
    assert stored == documents_of(CONTACT, ids)
    rebuild()
    rows = ContactDocument.objects.values_list("pk", "place", "body")
    assert stored == {pk: (place, body) for pk, place, body in rows}
    assert Contact.objects.filter(matching(ContactDocument, Word("horus"))).count() == 4
    assert sum("horus technologies" in body for _, body in stored.values()) == 4


@pytest.mark.parametrize(
    ("network", "text", "plainly"),
    [
        ("linkedin", "https://www.linkedin.com/in/anjali-s/", True),
        ("linkedin", "linkedin.com/anjali", True),
        ("linkedin", "linkedin.com/in", False),
        ("instagram", "http://instagram.com/Anjali.S", True),
        ("instagram", "https://instagram.com/p-q", False),
        ("facebook", "www.facebook.com/profile.php?id=12", False),
        ("youtube", "https://www.youtube.com/@Anjali", True),
        ("youtube", "https://www.youtube.com/channel/UC12", True),
        ("twitter", "https://x.com/@Anjali_S", True),
    ],
)
def test_a_plain_link_is_read_as_a_closer_look_would(
    network: str, text: str, plainly: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, context = Social(network), Context()
    assert (kind.plainly(text, context) is not None) == plainly
    assert network in NETWORKS
    if plainly:
        found = kind.clean(text, context)
        monkeypatch.setattr(Social, "plainly", lambda *_: None)
        assert kind.clean(text, context) == found
