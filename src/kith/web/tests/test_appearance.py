"""What a browser remembers, and what goes wrong, in plain words."""

import pytest
from django.test import Client


def test_the_theme_is_remembered_and_drawn_by_the_server(client: Client) -> None:
    answer = client.post("/appearance/", {"theme": "dark", "next": "/gallery/"})
    assert (answer.status_code, answer["Location"]) == (302, "/gallery/")
    page = client.get("/gallery/").content.decode()
    assert '<html lang="en" data-bs-theme="dark">' in page


def test_an_unknown_theme_is_not_kept(client: Client) -> None:
    client.post("/appearance/", {"theme": '"><script>', "nav": "sideways"})
    assert not client.cookies


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_nobody_is_sent_elsewhere(client: Client, target: str) -> None:
    assert client.post("/appearance/", {"next": target})["Location"] == "/"


def test_an_unknown_page_says_so_in_words(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert b"There is nothing here" in answer.content


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


def test_an_ended_session_signs_in_as_a_whole_page(client: Client, db: None) -> None:
    headers = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://testserver/contacts/?q=a"}
    answer = client.get("/jobs/", **headers)
    assert answer["HX-Redirect"] == "/sign-in/?next=%2Fcontacts%2F%3Fq%3Da"


def test_a_poll_of_an_ended_session_only_stops(client: Client, db: None) -> None:
    answer = client.get("/jobs/", HTTP_HX_REQUEST="true", HTTP_HX_TARGET="jobs")
    assert answer.status_code == 286
