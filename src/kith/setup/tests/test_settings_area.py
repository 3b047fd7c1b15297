"""The overview of the settings: what is on it follows the role, and its search finds pages."""

import pytest
from django.test import Client

from kith.accounts.models import Role
from kith.accounts.permissions import Permission

pytestmark = pytest.mark.django_db


def test_the_overview_lists_finds_and_is_closed_to_others(administrator, agent, signed_in) -> None:
    client: Client = signed_in(administrator)
    page = client.get("/settings/").content.decode()
    assert page.count('href="/settings/users/"') == 2, "in the navigation and as a card"
    assert 'aria-current="page"' in page

    found = client.get("/settings/", {"find": "PÁSSWORD people"}).content.decode()
    assert 'class="k-place" href="/settings/users/"' in found
    fragment = client.get(
        "/settings/", {"find": "<zz>"}, headers={"HX-Request": "true", "HX-Target": "found"}
    ).content.decode()
    assert "“&lt;zz&gt;”" in fragment
    assert "<html" not in fragment

    users = client.get("/settings/users/").content.decode()
    assert '<a class="item" href="/settings/users/" aria-current="page">' in users

    denied = signed_in(agent)
    assert denied.get("/settings/").status_code == 403
    assert 'href="/settings/"' not in denied.get("/contacts/").content.decode()


def test_an_entry_shows_to_whom_its_page_opens(make_user, signed_in) -> None:
    """To change many contacts at once needs what changing one does."""
    rights = [Permission.CONTACT_SEE, Permission.CONTACT_BULK]
    role = Role.objects.create(key="bulk", name="Bulk", permissions=rights)
    client: Client = signed_in(make_user(role.key))
    assert client.get("/settings/managers/").status_code == 403
    assert client.get("/settings/").status_code == 403
    role.permissions = [*rights, Permission.CONTACT_EDIT]
    role.save()
    assert 'href="/settings/managers/"' in client.get("/settings/").content.decode()
    assert client.get("/settings/managers/").status_code == 200
