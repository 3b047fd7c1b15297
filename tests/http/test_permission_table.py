"""The table is complete, and the site does what it says."""

import pytest
from django.test import Client

from .permission_table import OPEN, ROLES, rows
from .routes import METHODS, Route, all_routes
from .world import World

pytestmark = pytest.mark.django_db
ROWS = rows()
ROUTES = {route.name: route for route in all_routes()}


def send(client: Client, method: str, url: str) -> int:
    answer = client.generic(method, url) if method != "POST" else client.post(url, {})
    assert answer.status_code < 500, answer.content.decode()[:2000]
    return answer.status_code


def address(world: World, route: Route, role: str, relation: str) -> str:
    return route.url(world.given(route.name, role, relation or "public"))


def test_the_table_knows_every_route_and_no_other() -> None:
    named = {route for route, _method, _relation in ROWS}
    missing, gone = ROUTES.keys() - named, named - ROUTES.keys()
    assert not missing, f"tests/http/permission_table.py lacks these routes: {sorted(missing)}"
    assert not gone, f"tests/http/permission_table.py has routes that are no more: {sorted(gone)}"


@pytest.mark.parametrize(("route", "method", "relation"), ROWS)
def test_each_role_gets_what_the_table_says(
    world: World, route: str, method: str, relation: str
) -> None:
    found = {}
    for role in ROLES:
        with world.taken_back():
            url = address(world, ROUTES[route], role, relation)
            found[role] = send(world.client(role), method, url)
    assert found == ROWS[route, method, relation]


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_without_signing_in_there_is_nothing(world: World, route: Route) -> None:
    url = address(world, route, "anonymous", "public")
    for method in METHODS:
        answer = Client().generic(method, url)
        if route.name in OPEN:
            assert answer.status_code in {200, 404, 405, 422}
        else:
            assert answer.status_code == 302
            assert answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.any_database
@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_a_method_without_a_row_is_not_allowed(world: World, route: Route) -> None:
    client = world.client("administrator")
    url = address(world, route, "administrator", "public")
    answered = {method for name, method, _relation in ROWS if name == route.name}
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - answered:
        with world.taken_back():
            answer = client.generic(method, url)
            assert answer.status_code == 405, method
            assert method not in answer["Allow"]


@pytest.mark.any_database
@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_head_answers_as_get_without_a_body(world: World, route: Route) -> None:
    if (route.name, "GET", "") not in ROWS and (route.name, "GET", "own") not in ROWS:
        pytest.skip("answers POST only")
    client = world.client("administrator")
    url = address(world, route, "administrator", "own")
    got, head = client.get(url), client.head(url)
    body = b"".join(head.streaming_content) if head.streaming else head.content
    assert (head.status_code, body) == (got.status_code, b"")


@pytest.mark.parametrize("role", ROLES)
def test_what_is_not_there_looks_like_what_is_hidden(world: World, role: str) -> None:
    """No status and no word tells a contact that is hidden from one that does not exist."""
    client = world.client(role)
    for name in ("contacts:card", "contacts:edit", "contacts:delete"):
        route = ROUTES[name]
        hidden = client.get(address(world, route, role, "hidden"))
        absent = client.get(route.url({"pk": 987654321}))
        assert hidden.status_code == absent.status_code
        assert _without_token(hidden) == _without_token(absent)


def _without_token(answer) -> str:
    lines = answer.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrf" not in line.lower() and "next" not in line)
