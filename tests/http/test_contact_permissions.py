"""One table: URL of a contact × who asks × answer. A route that the table lacks fails."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import get_resolver

from kith.accounts.models import User
from tests.contacts import change_contact, make_contact, make_link

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]

# (url name, method, read-only, agent, manager) on a contact that all may see.
TABLE = (
    ("card", "get", 200, 200, 200),
    ("new", "get", 403, 200, 200),
    ("new", "post", 403, 422, 422),
    ("quick", "get", 403, 200, 200),
    ("quick", "post", 403, 422, 422),
    ("alike", "get", 403, 200, 200),
    ("edit", "get", 403, 200, 200),
    ("edit", "post", 403, 302, 302),
    ("delete", "get", 403, 403, 200),
    ("delete", "post", 403, 403, 302),
    ("fact", "get", 403, 302, 302),
    ("fact", "post", 403, 302, 302),
    ("history", "get", 302, 302, 302),
    ("links", "get", 403, 200, 200),
    ("links", "post", 403, 422, 422),
    ("more-links", "get", 200, 200, 200),
    ("link", "get", 403, 200, 200),
    ("link", "post", 403, 302, 302),
    ("unlink", "get", 403, 200, 200),
    ("unlink", "post", 403, 302, 302),
    ("options", "get", 200, 200, 200),
    ("undo", "post", 403, 404, 302),
)
ON_ONE_CONTACT = {row[0] for row in TABLE} - {"new", "quick", "alike", "options", "undo"}
ROOMS = {
    "card", "delete", "edit", "facts", "history", "links", "options", "quick", "undo",
}  # fmt: skip
"""The modules whose routes stand in this table; the list has one of its own."""


def url_of(name: str, pk: int, link: int, change: int) -> str:
    return {
        "new": "/contacts/new/",
        "quick": "/contacts/quick/",
        "alike": "/contacts/alike/",
        "options": "/options/company/",
        "undo": f"/changes/{change}/undo/",
        "card": f"/contacts/{pk}/",
        "fact": f"/contacts/{pk}/fields/city/",
        "more-links": f"/contacts/{pk}/links/more/",
        "link": f"/contacts/{pk}/links/{link}/",
        "unlink": f"/contacts/{pk}/links/{link}/remove/",
    }.get(name, f"/contacts/{pk}/{name}/")


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]}-{row[1]}")
def test_who_may_what(
    row: tuple[str, str, int, int, int], make_user: Callable[..., User], signed_in: SignIn
) -> None:
    name, method, *statuses = row
    for role, status in zip(("readonly", "agent", "manager"), statuses, strict=True):
        contact = make_contact()
        link = make_link(contact, make_contact(name="Horus", kind="company"))
        url = url_of(name, contact.pk, link, change_contact(contact, remarks="By a script"))
        response = getattr(signed_in(make_user(role)), method)(url)
        assert response.status_code == status, role
    anonymous = getattr(Client(), method)(url)
    assert anonymous.status_code == 302
    assert anonymous.headers["Location"].startswith("/sign-in/")


@pytest.mark.parametrize(("name", "method"), [row[:2] for row in TABLE if row[0] in ON_ONE_CONTACT])
def test_the_contacts_of_others_are_not_there(
    name: str, method: str, manager: User, administrator: User, signed_in: SignIn
) -> None:
    hidden = make_contact(manager, accessibility="me")
    other = make_contact(manager, name="Horus", kind="company", accessibility="me")
    url = url_of(name, hidden.pk, make_link(hidden, other, manager), 0)
    headers = {"HX-Request": "true"} if name == "history" else {}
    client = signed_in(administrator)
    assert getattr(client, method)(url, headers=headers).status_code == 404
    absent = url_of(name, 999_999, 1, 0)
    assert getattr(client, method)(absent, headers=headers).status_code == 404


def test_every_route_of_the_card_is_in_the_table() -> None:
    [ours] = [each for each in get_resolver().url_patterns if each.app_name == "contacts"]
    rooms = {each.name: each.callback.__module__.rpartition(".")[2] for each in ours.url_patterns}
    mine = {name for name, room in rooms.items() if room in ROOMS}
    assert mine == {row[0] for row in TABLE}
