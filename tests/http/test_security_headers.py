"""What every answer carries, and what no page contains."""

import re

import pytest
from django.test import Client

from kith.web.security import CONTENT_SECURITY_POLICY

from .permission_table import rows
from .routes import Route, all_routes
from .world import World

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ROWS = rows()
ROUTES = {route.name: route for route in all_routes()}
GETS = sorted({name for name, method, _relation in ROWS if method == "GET"})
INLINE = re.compile(
    r"""<style|\sstyle=|\son[a-z]+=|hx-on|javascript:|<script(?![^>]*\ssrc=)""", re.IGNORECASE
)
DATA = re.compile(r"""<script[^>]*type="application/json"[^>]*>.*?</script>""", re.DOTALL)
ELSEWHERE = re.compile(r"""(?:src|href|action|hx-get|hx-post)="(?:https?:)?//""", re.IGNORECASE)
FORBIDDEN = ("unsafe-inline", "unsafe-eval", "https:", "http:", "*", "strict-dynamic")


def page(world: World, name: str, **headers: str):
    client = world.client("administrator")
    return client.get(ROUTES[name].url(world.given(name, "administrator", "own")), headers=headers)


def test_the_policy_lets_nothing_in_from_elsewhere_and_nothing_inline() -> None:
    directives = dict(part.split(" ", 1) for part in CONTENT_SECURITY_POLICY.split("; "))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
    assert not [word for word in FORBIDDEN if word in CONTENT_SECURITY_POLICY]


@pytest.mark.parametrize("name", GETS)
def test_every_page_carries_the_headers(world: World, name: str) -> None:
    answer = page(world, name)
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]
    assert "Server-Timing" in answer
    if answer.status_code == 200:
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
@pytest.mark.parametrize("name", GETS)
def test_no_page_has_inline_script_or_style(
    world: World, name: str, headers: dict[str, str]
) -> None:
    answer = page(world, name, **headers)
    if answer.streaming:
        pytest.skip("a file to download")
    text = DATA.sub("", answer.content.decode())
    assert not INLINE.findall(text)
    assert not ELSEWHERE.findall(text)


@pytest.mark.parametrize("path", ["/nowhere/", "/contacts/999999/", "/sign-in/", "/static/no.css"])
def test_errors_and_pages_for_strangers_carry_them_too(db: None, path: str) -> None:
    answer = Client().get(path)
    assert answer["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert answer["X-Content-Type-Options"] == "nosniff"
    # How long a guess takes is nobody's business.
    assert "Server-Timing" not in answer


@pytest.mark.parametrize("route", ROUTES.values(), ids=ROUTES)
def test_every_form_needs_its_token(world: World, route: Route) -> None:
    if not any(name == route.name and method == "POST" for name, method, _relation in ROWS):
        pytest.skip("answers no POST")
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["administrator"])
    answer = client.post(route.url(world.given(route.name, "administrator", "own")), {})
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "<h1>The page was open for too long</h1>" in text
    assert "Your role" not in text


def test_the_token_of_a_page_is_taken(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["agent"])
    found = re.search(
        r'csrfmiddlewaretoken" value="(\w+)"', client.get("/profile/").content.decode()
    )
    assert found
    sent = {"name": "Ada", "csrfmiddlewaretoken": found[1]}
    assert client.post("/profile/", sent).status_code == 302
    assert (
        client.post("/profile/", {"name": "B"}, headers={"X-CSRFToken": found[1]}).status_code
        == 302
    )
    answer = client.post("/profile/", sent, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403
