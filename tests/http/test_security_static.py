"""Static files: hashed names are kept for ever, everything else is not; nothing else is served."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

FOREVER = "max-age=315360000, public, immutable"
SOURCES = ["django_htmx", "web/*.css", "web/*.js"]
HASHED = "whitenoise.storage.CompressedManifestStaticFilesStorage"


@pytest.fixture
def served(settings, tmp_path) -> Client:
    """The site with its files collected as `make run` does it."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": HASHED}}
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=SOURCES)
    return Client()


def test_hashed_files_are_kept_for_ever_and_sent_compressed(db: None, served: Client) -> None:
    page = served.get("/sign-in/").content.decode()
    for kind in ("css", "js"):
        found = re.search(rf'"(/static/[\w/.-]+\.[0-9a-f]{{12}}\.{kind})"', page)
        assert found, f"no hashed {kind} in the page"
        answer = served.get(found[1], headers={"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert answer["Cache-Control"] == FOREVER
        assert answer["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in answer["Vary"]


@pytest.mark.parametrize(
    "path",
    ["../base.py", "%2e%2e/base.py", "staticfiles.json%00", "web/", "..%5cbase.py", "/etc/passwd"],
)
def test_nothing_beside_them_is_served(db: None, client: Client, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
