"""What there is not, or can't be read, is nobody's: on the page, and for what is done to all."""

import re
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client

from kith.accounts.models import User
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import state_of
from tests.contacts import make_contact

SignIn = Callable[[User], Client]
NAME = re.compile(r'<a href="/contacts/\d+/" title="([^"]*)">')
NOBODY = (
    "tag:zzz", "type:zzz", "manager:zzz", 'team:"north sales"', "created:31.02.2026",
    "stars:many", "has:zzz", "no:zzz", "anjali tag:zzz", "tag:zzz OR stars:many",
    "chloé (kind:person tag:zzz)", "tag:zzz,qqq", "-(-tag:zzz)", "no:email,zzz",
    "kind:person created:2026..zzz", "tag:key " * 61,
)  # fmt: skip
UNREAD: dict[str, list[str]] = {
    **{text: [] for text in NOBODY},
    "anjali OR tag:zzz": ["Anjali Smithson"],
    "(tag:zzz OR tag:key) kind:person": ["Anjali Smithson"],
    "anjali -tag:zzz": ["Anjali Smithson"],
    "kind:person -tag:zzz -tag:key": ["Chloé Smyth"],
    "kind:person (anjali OR -tag:zzz)": ["Anjali Smithson", "Chloé Smyth"],
    "tag:zzz,key": ["Anjali Smithson"],
    "anjali tag:": ["Anjali Smithson"],
}


@pytest.mark.django_db
def test_a_value_that_there_is_not_is_nobodys(manager: User, signed_in: SignIn) -> None:
    make_contact(manager, name="Anjali Smithson", tags="key", email="anjali@horus.in")
    make_contact(manager, name="Chloé Smyth")
    client = signed_in(manager)
    for text, found in UNREAD.items():
        page = client.get("/contacts/", {"q": text})
        assert NAME.findall(page.content.decode()) == found, text
        assert b"k-list-note" in page.content, text
        assert (b"k-empty" in page.content) == (not found), text
        selection = Selection(manager, state_of(text))
        assert selection.complaints, text
        told = (selection.count(), selection.all().count(), selection.is_any())
        assert told == (len(found), len(found), bool(found)), text
        changed = client.post(f"/contacts/bulk/?{urlencode({'q': text})}", {"all": "1"})
        assert changed.status_code == 400, text
    page = client.get("/contacts/", {"q": "kind:person tag:zzz"}).content.decode()
    assert "kind:person <mark>tag:zzz</mark>" in page
    assert "“zzz” is not among the choices" in page
    assert b"Anjali" not in client.get("/palette/", {"q": "anjali tag:zzz"}).content
