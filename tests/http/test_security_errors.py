"""What goes wrong is told in plain words, and nothing of the inside with it."""

import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError, OperationalError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from psycopg.errors import QueryCanceled

from kith.accounts.models import Role
from kith.core.errors import Forbidden, NotFound, Refused

pytestmark = pytest.mark.django_db
RAISED = {
    "break": (RuntimeError("secret inside"), 500),
    "missing": (Http404("secret inside"), 404),
    "absent": (NotFound(), 404),
    "forbidden": (Forbidden(), 403),
    "denied": (PermissionDenied("secret inside"), 403),
    "refused": (Refused("The sheet is empty."), 400),
    "twice": (IntegrityError(), 409),
    "untrue": (IntegrityError("secret inside"), 500),
    "odd": (SuspiciousOperation("secret inside"), 400),
    "slow": (OperationalError("secret inside"), 503),
}


def broken(_request: HttpRequest, kind: str) -> HttpResponse:
    if kind == "twice":
        with transaction.atomic():
            Role.objects.bulk_create([Role(key=key, name="secret inside") for key in "ab"])
    if kind == "slow":
        raise RAISED[kind][0] from QueryCanceled()
    raise RAISED[kind][0]


urlpatterns = [path("raise/<slug:kind>/", broken), path("", include("kith.config.urls"))]
handler400 = "kith.web.errors.bad_request"
handler403 = "kith.web.errors.forbidden"
handler404 = "kith.web.errors.not_found"
handler500 = "kith.web.errors.broke"


@pytest.fixture
def broken_site(settings, agent, signed_in) -> Client:
    settings.ROOT_URLCONF = __name__
    client = signed_in(agent)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("kind", RAISED)
def test_what_breaks_is_told_in_plain_words(broken_site: Client, kind: str) -> None:
    answer = broken_site.get(f"/raise/{kind}/")
    text = answer.content.decode()
    assert answer.status_code == RAISED[kind][1]
    assert "<h1" in text
    assert 'id="rail"' in text, "an error is no dead end for who is signed in"
    for inside in ("secret", "Traceback", "RuntimeError", "Django", "File &quot;"):
        assert inside not in text
    assert answer["Content-Security-Policy"]


@pytest.mark.parametrize("kind", RAISED)
def test_a_fragment_is_told_by_a_toast(broken_site: Client, kind: str) -> None:
    answer = broken_site.get(f"/raise/{kind}/", headers={"HX-Request": "true"})
    assert answer.status_code == RAISED[kind][1]
    assert "toast" in answer["HX-Trigger"]
    assert "<html" not in answer.content.decode()


def test_what_breaks_is_logged_with_its_trace(
    broken_site: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        broken_site.get("/raise/break/")
    assert any(record.exc_info for record in caplog.records)


@pytest.mark.parametrize("least", [logging.INFO, logging.WARNING])
def test_what_belongs_to_everyday_work_is_logged_as_no_warning(
    broken_site: Client, caplog: pytest.LogCaptureFixture, least: int
) -> None:
    with caplog.at_level(least):
        broken_site.get("/nowhere/")
        broken_site.get("/raise/refused/")
    told = [(each.status_code, each.levelname) for each in caplog.records
            if each.name == "django.request"]  # fmt: skip
    assert told == [(404, "INFO"), (400, "WARNING")][least > logging.INFO :]


@pytest.mark.parametrize(
    ("sender", "back"),
    [("http://testserver/contacts/?q=a", 'href="/contacts/?q=a"'), ("http://evil.example/a", "")],
)
def test_a_refused_form_leads_back_to_its_page(broken_site: Client, sender: str, back: str) -> None:
    answer = broken_site.post("/raise/refused/", headers={"Referer": sender})
    text = answer.content.decode()
    assert "Back to the page" in text if back else "Back to the page" not in text
    assert back in text
    assert "evil" not in text


def test_our_own_message_reaches_the_person(broken_site: Client) -> None:
    assert "The sheet is empty." in broken_site.get("/raise/refused/").content.decode()


@pytest.mark.parametrize(
    "address",
    ["/nowhere", "/nowhere/", "/contacts/0x1/", "/contacts/-1/", "/%00/", "/..%2f..%2fetc/passwd",
     "/contacts/99999999999999999999999/", "/static/../settings.py", "/.git/config", "/admin/"],
)  # fmt: skip
def test_an_unknown_address_gets_our_page(signed_in, agent, address: str) -> None:
    client = signed_in(agent)
    answer = client.get(address, follow=True)
    assert answer.status_code == 404
    assert "There is nothing here" in answer.content.decode() or address.startswith("/static")
