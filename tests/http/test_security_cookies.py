"""Cookies, hosts and https."""

import json
import os
import subprocess
import sys

import pytest
from django.test import Client

from kith.accounts.models import User

pytestmark = pytest.mark.django_db
GOOD = "correct horse battery"


@pytest.fixture
def ada(make_user) -> User:
    user = make_user(email="ada@example.com")
    user.set_password(GOOD)
    user.save()
    return user


def test_the_session_cookie_is_out_of_reach_of_scripts(ada: User, client: Client) -> None:
    answer = client.post("/sign-in/", {"email": ada.email, "password": GOOD})
    cookie = answer.cookies["kith"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert cookie["max-age"] == 14 * 24 * 3600


def test_a_session_key_from_outside_is_not_taken_over(ada: User, client: Client) -> None:
    client.cookies["kith"] = "chosen-by-somebody-else"
    client.post("/sign-in/", {"email": ada.email, "password": GOOD})
    assert client.cookies["kith"].value != "chosen-by-somebody-else"


def test_signing_out_forgets_the_session_on_the_server(ada: User, client: Client) -> None:
    client.post("/sign-in/", {"email": ada.email, "password": GOOD})
    kept = client.cookies["kith"].value
    client.post("/sign-out/")
    stolen = Client()
    stolen.cookies["kith"] = kept
    assert stolen.get("/profile/").status_code == 302


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "testserver:80@evil", ""]
)
def test_a_wrong_host_is_refused(client: Client, host: str) -> None:
    answer = client.get("/sign-in/", headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_behind_https_cookies_are_secure_and_browsers_insist() -> None:
    """Settings are read once, so another process reads them here."""
    names = (
        "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME",
        "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER",
    )  # fmt: skip
    read = f"[getattr(base, name) for name in {names}]"
    code = f"import json; from kith.config import base; print(json.dumps({read}))"
    environment = {**os.environ, "KITH_HTTPS": "yes", "PYTHONPATH": "src"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    secure, csrf, name, csrf_name, seconds, header = json.loads(done.stdout)
    assert secure
    assert csrf
    assert name.startswith("__Host-")
    assert csrf_name.startswith("__Host-")
    assert seconds >= 365 * 24 * 3600
    assert header == ["HTTP_X_FORWARDED_PROTO", "https"]
