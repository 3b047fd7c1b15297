"""The firm's own settings, and what follows them."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from kith.accounts.actors import SYSTEM
from kith.contacts.context import reading_context
from kith.core.habits import count_text
from kith.history.models import Change, ChangeSet
from kith.jobs import registry
from kith.jobs.services import start
from kith.jobs.worker import run_waiting
from kith.reference.company import company, date_order_of
from kith.reference.numbering import take_number
from kith.setup.brand import logos_in_use
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db
URL = "/settings/company/"


@pytest.fixture(autouse=True)
def files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


def save(client: Client, **values: object) -> str:
    answer = client.post(URL, values, follow=True)
    return answer.content.decode()


def said_by_a_job() -> str:
    job = start("say", title="Say", user=SYSTEM)
    run_waiting()
    job.refresh_from_db()
    return job.message


def picture() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (90, 30), "teal").save(file, "PNG")
    return SimpleUploadedFile("logo.png", file.getvalue(), "image/png")


def test_pages_and_jobs_follow_what_the_firm_says_of_itself(
    administrator, agent, signed_in, monkeypatch
) -> None:
    monkeypatch.setitem(registry._functions, "say", lambda _: registry.Outcome(count_text(12481)))
    client, user = signed_in(administrator), signed_in(agent)
    contact = make_contact(birth_date="1980-09-25", annual_revenue="1234567.5")
    card = f"/contacts/{contact.pk}/"
    before = user.get(card).content.decode()
    assert "25 Sep 1980" in before
    assert '12,34,567.50 <span class="k-muted">INR</span>' in before
    assert company().habits.first_weekday == 6, "Sunday, as usual in India"

    said = {"name": "Horus <Tech>", "country": "NO", "time_zone": "Asia/Tokyo"}
    looks = {"date_format": "d.m.Y", "number_format": "1.234,5", "first_weekday": "5"}
    looks["holds_hidden"] = "hold"
    page = save(client, **said, **looks, currency="EUR")
    assert "Horus &lt;Tech&gt;" in page
    assert 'value="hold" selected' in page
    assert "(Asia/Tokyo)" in user.get("/profile/").content.decode()
    assert "Horus &lt;Tech&gt;" in Client().get("/sign-in/").content.decode()
    after = user.get(card).content.decode()
    assert "25.09.1980" in after
    assert '1.234.567,50 <span class="k-muted">EUR</span>' in after
    assert company().habits.first_weekday == 5
    assert said_by_a_job() == "12.481"
    change_contact(contact, currency="USD")
    assert '<span class="k-muted">USD</span>' in user.get(card).content.decode()
    context = reading_context()
    assert (context.default_country, context.date_order) == ("NO", "dmy")
    orders = [date_order_of(country) for country in ("IN", "US", "JP", "")]
    assert orders == ["dmy", "mdy", "ymd", "dmy"]

    undo = re.findall(r'action="(/[^"]*undo/[^"]*)"', page)[-1]
    client.post(undo)
    assert "25 Sep 1980" in user.get(card).content.decode()
    assert reading_context().default_country == "IN"


def test_a_logo_is_drawn_anew_and_shown_to_everybody(administrator, signed_in) -> None:
    client = signed_in(administrator)
    assert Client().get("/company/logo/").status_code == 404
    wrong = SimpleUploadedFile("logo.svg", b"<svg onload=alert(1)>", "image/svg+xml")
    refused = client.post(URL, {"logo": wrong})
    assert refused.status_code == 422
    assert "no picture that can be read" in refused.content.decode()

    page = save(client, name="Horus", logo=picture())
    address = re.search(r'src="(/company/logo/\?\w+)"', page)
    assert address
    shown = Client().get(address[1])
    drawn = Image.open(io.BytesIO(b"".join(shown.streaming_content)))
    assert (drawn.size, drawn.format) == ((128, 128), "WEBP")
    assert address[1] in Client().get("/sign-in/").content.decode()
    digest = Change.objects.get(record_type="company", action="c").values["logo"]
    page = save(client, name="Horus", remove_logo="on")
    assert "/company/logo/" not in page
    assert logos_in_use([digest, "0" * 64]) == {digest}, "kept for an undo"


def test_only_what_there_is_can_be_chosen(administrator, signed_in) -> None:
    client = signed_in(administrator)
    for name, wrong in {
        "country": "XX",
        "currency": "ABC",
        "time_zone": "Mars/Base",
        "date_format": "%s",
        "number_format": "1",
        "first_weekday": "9",
        "name": "x" * 121,
    }.items():
        assert client.post(URL, {name: wrong}).status_code == 422, name


def test_who_keeps_the_lists_adds_to_them_where_they_are_used(
    administrator, agent, signed_in
) -> None:
    contact = make_contact()
    form = {"contact_type": "Dealer", "name": "Anjali", "version": contact.version}
    url = f"/contacts/{contact.pk}/fields/contact_type/"
    assert signed_in(agent).post(url, form).status_code == 422
    signed_in(administrator).post(url, form)
    contact.refresh_from_db()
    assert contact.contact_type.name == "Dealer"


def test_number_series_go_on_from_where_they_are_set(administrator, manager, signed_in) -> None:
    client = signed_in(administrator)
    url = "/settings/company/numbers/customer/"
    shown = client.get(url).content.decode()
    assert 'href="/settings/company/" aria-current="page"' in shown
    wrong = {"begins": "KUNDE ", "digits": "13", "next_number": "0"}
    assert client.post(url, wrong).status_code == 422
    good = {"begins": "K-", "digits": "4", "next_number": "120"}
    assert client.post(url, good).status_code == 302
    assert "K-0120" in client.get(URL).content.decode()
    assert client.post(url, {**good, "next_number": "7"}).status_code == 422
    page = client.post(url, {**good, "begins": "N-"}, follow=True).content.decode()
    undo = re.findall(r'action="(/[^"]*undo/[^"]*)"', page)[-1]
    assert signed_in(manager).post(undo).status_code == 403
    assert "N-0120" in client.get(URL).content.decode()
    client.post(undo)
    assert "K-0120" in client.get(URL).content.decode()
    client.post(url, {**good, "next_number": "200"})
    assert take_number("customer") == "K-0200"
    said = client.post(
        f"/changes/{ChangeSet.objects.latest('pk').pk}/undo/?next={URL}", follow=True
    )
    assert "Kept as it is: Next number of" in said.content.decode(), "one was given since"
    assert "K-0201" in client.get(URL).content.decode()
    assert client.get("/settings/company/numbers/nothing/").status_code == 404
