"""Why somebody sees a contact, or does not."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from kith.accounts.groups import team_save
from kith.accounts.models import User
from kith.contacts.services.contacts import contacts_trash
from tests.contacts import make_contact

SignIn = Callable[[User], Client]


def test_each_reason_is_said_in_words(
    administrator: User, make_user: Any, signed_in: SignIn
) -> None:
    mate, other = make_user("agent", name="Mate"), make_user("readonly", name="Other")
    gone = make_user("agent", name="Gone", is_active=False)
    team = team_save(actor=administrator, name="Sales", members=[mate.pk])
    client = signed_in(administrator)
    members = [f"team:{team.pk}", f"user:{administrator.pk}"]
    contact = make_contact(administrator, name="Quiet Deal", accessibility=members)

    def said(user: User) -> str:
        page = client.get("/settings/why/", {"user": user.pk, "contact": contact.pk})
        return page.content.decode()

    assert "Mate sees this contact and may change it" in said(mate)
    assert "belongs to the team Sales" in said(mate)
    assert "Other does not see this contact" in said(other)
    assert "Other is not among them" in said(other)
    assert "not to change them" in said(other)
    assert "Gone is deactivated" in said(gone)
    assert "is named" in said(administrator)
    asked = client.get("/settings/why/", {"contact": contact.pk}).content.decode()
    assert "Only " in asked
    assert "the team Sales" in asked
    found = client.get("/settings/why/", {"q": "quiet", "user": mate.pk}).content.decode()
    assert f"contact={contact.pk}" in found
    assert "/settings/why/" in client.get(f"/contacts/{contact.pk}/").content.decode()
    contacts_trash(actor=administrator, ids=[contact.pk])
    assert "is in the trash" in said(mate)
    # What the asker does not see is not explained to them.
    secret = make_contact(mate, name="Secret", accessibility="me")
    page = client.get("/settings/why/", {"user": mate.pk, "contact": secret.pk}).content.decode()
    assert "Secret" not in page
