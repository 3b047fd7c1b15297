"""The overview of the settings: what is on it follows the role, and its search finds pages."""

import pytest
from django.test import Client

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
