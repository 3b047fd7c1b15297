"""Whatever is sent, no page breaks: odd parameters, odd bodies, too much of everything."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler, TemporaryFileUploadHandler
from django.test import Client

from .permission_table import rows
from .routes import all_routes
from .world import World

pytestmark = pytest.mark.django_db
ROUTES = {route.name: route for route in all_routes()}
GETS = sorted({name for name, method, _relation in rows() if method == "GET"})
POSTS = sorted({name for name, method, _relation in rows() if method == "POST"})
ODD = ("-1", "9" * 5000, "²", "\x00", "a" * 10_000, "99999999999999999999", '"open', "2026-13-45")
NAMES = (
    *("q", "kind", "type", "manager", "tag", "created", "sort", "after", "before", "page", "tab"),
    *("period", "show", "next", "in", "out", "version", "state", "country", "name", "id", "all"),
    *("format", "sheet", "heading_row", "email", "phones-0-text", "other", "relation", "theme"),
)
# Pages that are asked for in parts as well, and read the same parameters in another way there.
IN_PARTS = (
    *("contacts:list", "contacts:trash", "contacts:card", "contacts:fact", "contacts:history"),
    *("contacts:links", "contacts:more-links", "contacts:palette", "transfer:show"),
)


@pytest.mark.parametrize(
    ("name", "headers"),
    [*((name, {}) for name in GETS), *((name, {"HX-Request": "true"}) for name in IN_PARTS)],
)
def test_odd_parameters_break_no_page(world: World, name: str, headers: dict[str, str]) -> None:
    client = world.client("administrator")
    url = ROUTES[name].url(world.given(name, "administrator", "own"))
    broken = []
    for value in ODD:
        with world.taken_back():
            answer = client.get(url, dict.fromkeys(NAMES, value), headers=headers)
            if answer.status_code >= 500:
                broken.append(value[:25])
    assert not broken


@pytest.mark.parametrize("name", POSTS)
def test_odd_forms_break_no_page(world: World, name: str) -> None:
    url = ROUTES[name].url(world.given(name, "administrator", "own"))
    broken = []
    for value in ODD:
        with world.taken_back():
            answer = world.client("administrator").post(url, dict.fromkeys(NAMES, value))
            if answer.status_code >= 500:
                broken.append(value[:25])
    assert not broken


@pytest.mark.parametrize("name", POSTS)
def test_odd_bodies_break_no_page(world: World, name: str) -> None:
    url = ROUTES[name].url(world.given(name, "administrator", "own"))
    bodies = [
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"{", "application/json"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
    ]
    for body, kind in bodies:
        with world.taken_back():
            answer = world.client("administrator").post(url, body, content_type=kind)
            assert answer.status_code < 500, kind


def test_a_body_that_is_too_large_is_refused_in_plain_words(world: World) -> None:
    client = world.client("agent")
    answer = client.post("/profile/", {"name": "x" * (11 * 1024 * 1024)})
    assert answer.status_code == 413
    assert "too large" in answer.content.decode()


def test_too_many_fields_are_refused(world: World) -> None:
    answer = world.client("agent").post("/profile/", {f"f{n}": "1" for n in range(6000)})
    assert answer.status_code == 413


def test_a_sign_in_of_any_size_costs_little(db: None, client: Client) -> None:
    answer = client.post("/sign-in/", {"email": "a@b.example", "password": "x" * 1_000_000})
    assert answer.status_code == 422


def test_an_upload_over_the_limit_is_refused_in_plain_words(world: World, settings) -> None:
    settings.UPLOAD_MEGABYTES = 1
    file = SimpleUploadedFile("big.csv", b"Name\n" + b"x" * 1_100_000)
    answer = world.client("agent").post("/imports/new/", {"file": file})
    assert answer.status_code == 422
    assert "1 MB" in answer.content.decode()


@pytest.mark.parametrize("role", ["stranger", "agent"])
def test_an_upload_far_over_the_limit_is_not_kept_on_the_disk(
    world: World, settings, monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    """Nor what a stranger sends, whatever the limit: they only have to bring a CSRF token of
    their own."""

    def kept(*_arguments: object) -> None:
        raise AssertionError

    handlers = (TemporaryFileUploadHandler, MemoryFileUploadHandler)
    for handler in handlers:
        monkeypatch.setattr(handler, "receive_data_chunk", kept)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if role in world.users:
        settings.UPLOAD_MEGABYTES = 1
        client.force_login(world.users[role])
    client.cookies["kith-csrf"] = "x" * 32
    file = SimpleUploadedFile("big.csv", b"x" * 3_200_000)
    for url in ("/imports/new/", "/sign-in/", "/no-such-page/"):
        answer = client.post(url, {"file": file})
        assert answer.status_code in (404, 413)
        file.seek(0)
