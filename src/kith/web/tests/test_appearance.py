"""What a browser remembers, and what goes wrong, in plain words."""

from collections.abc import Callable

import pytest
from django.test import Client

from kith.accounts.models import User


@pytest.fixture
def inside(agent: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(agent)


def test_the_theme_is_remembered_and_drawn_by_the_server(inside: Client) -> None:
    answer = inside.post("/appearance/", {"theme": "dark", "next": "/gallery/"})
    assert (answer.status_code, answer["Location"]) == (302, "/gallery/")
    page = inside.get("/gallery/").content.decode()
    assert '<html lang="en" dir="ltr" data-bs-theme="dark">' in page


def test_an_unknown_theme_is_not_kept(inside: Client) -> None:
    answer = inside.post("/appearance/", {"theme": '"><script>', "nav": "sideways"})
    assert not {"theme", "nav"} & set(answer.cookies)


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_nobody_is_sent_elsewhere(inside: Client, target: str) -> None:
    assert inside.post("/appearance/", {"next": target})["Location"] == "/"


def test_an_unknown_page_says_so_in_words(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert b"There is nothing here" in answer.content
    assert b'id="rail"' not in answer.content, "a stranger has nowhere to go"


def test_a_fragment_gets_a_short_answer_and_a_toast(client: Client) -> None:
    answer = client.get("/no-such-page/", HTTP_HX_REQUEST="true")
    assert answer.status_code == 404
    assert b"<html" not in answer.content
    assert "toast" in answer["HX-Trigger"]


def test_the_same_page_fits_shell_and_dialog(client: Client) -> None:
    whole = client.get("/gallery/quick/").content.decode()
    inside = client.get("/gallery/quick/", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="dialog-body")
    assert "<html" in whole
    assert "<html" not in inside.content.decode()
    assert 'id="dialog-title"' in inside.content.decode()
