"""Sites of a contact: added, changed, made the main one, taken away; and who sits where."""

from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.contacts.models import Contact, Link, Site
from kith.contacts.record import CONTACT, LINK, SITE
from kith.history.models import ChangeSet
from kith.records.checking import Checked, Draft
from kith.records.door import change_set
from kith.reference.models import Option
from tests.contacts import make_contact, make_link

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
FACTORY = {
    "site_name": "Factory",
    "city": "Pune",
    "country": "India",
    "state": "Maharashtra",
    "site_phone": "020 2612 3456",
    "postal_code": "411001",
}


@pytest.fixture
def company(db: None) -> Contact:
    return make_contact(name="Horus Tech", kind="company", city="Ahmedabad", country="India")


def add_site(client: Client, contact: Contact, **typed: Any) -> Site:
    answer = client.post(f"/contacts/{contact.pk}/sites/", FACTORY | typed)
    assert answer.status_code == 302, answer.content.decode()
    return Site.objects.latest("pk")


def undo_last(client: Client) -> None:
    client.post(f"/changes/{ChangeSet.objects.latest('pk').pk}/undo/")


def page(client: Client, contact: Contact, query: str = "") -> str:
    return client.get(f"/contacts/{contact.pk}/{query}").content.decode()


def test_a_site_is_added_shown_changed_found_and_undone(
    agent: User, signed_in: SignIn, company: Contact
) -> None:
    client = signed_in(agent)
    assert "Only the main one." in page(client, company)
    site = add_site(client, company)
    assert (site.city, site.state, site.phone) == ("Pune", "IN-MH", "+912026123456")
    tab = page(client, company, "?tab=sites")
    for text in ("Factory", "Pune 411001", "Maharashtra", "tel:+912026123456", "Main site"):
        assert text in tab, text
    assert "Horus Tech" in client.get("/contacts/?q=factory").content.decode()
    url = f"/contacts/{company.pk}/sites/{site.pk}/"
    assert 'value="Pune"' in client.get(url).content.decode()
    typed = {"site_name": "Works", "city": "Mumbai", "version": "1"}
    assert client.post(url, typed).status_code == 302
    assert client.post(url, typed | {"city": "Delhi"}).status_code == 409
    history = page(client, company, "?tab=history")
    assert "added a site" in history
    assert "City (Works)" in history
    undo_last(client)
    assert Site.objects.get(pk=site.pk).city == "Pune"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"site_name": ""}, "Give the site a name"),
        ({"site_name": "MAIN"}, "There is a site of this name already."),
        ({"country": "Atlantis"}, "is not a country"),
        ({"site_phone": "12"}, "too few digits"),
        ({"position": "somewhere"}, "Write latitude and longitude"),
        ({"city": "x" * 101}, "100"),
    ],
)
def test_what_makes_no_site_is_told(
    agent: User, signed_in: SignIn, company: Contact, typed: Any, told: str
) -> None:
    answer = signed_in(agent).post(f"/contacts/{company.pk}/sites/", FACTORY | typed)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert Site.objects.count() == 1


def test_the_main_site_and_another_change_places_with_who_sits_there(
    agent: User, signed_in: SignIn, company: Contact
) -> None:
    client = signed_in(agent)
    site = add_site(client, company)
    at_main = make_link(make_contact(name="Mira Main"), company)
    at_site = make_link(make_contact(name="Fatima Factory"), company, site=site.pk)
    tab = page(client, company, "?tab=sites").split('class="k-right"')[0]
    seats = tab.split("k-plate k-site")[1:]
    assert ["Mira Main" in part for part in seats] == [True, False]
    url = f"/contacts/{company.pk}/sites/{site.pk}/main/"
    assert client.post(url).status_code == 302
    main = Site.objects.get(contact=company, is_main=True)
    site.refresh_from_db()
    assert (main.name, main.city, site.name, site.city) == (
        "Factory", "Pune", "Ahmedabad", "Ahmedabad",
    )  # fmt: skip
    assert Link.objects.get(pk=at_main).site_id == site.pk
    assert Link.objects.get(pk=at_site).site_id is None
    undo_last(client)
    main.refresh_from_db()
    assert (main.name, main.city) == ("main", "Ahmedabad")
    assert Link.objects.get(pk=at_site).site_id == site.pk


def test_who_sat_at_a_site_that_is_taken_away_sits_at_the_main_one(
    agent: User, signed_in: SignIn, company: Contact
) -> None:
    client = signed_in(agent)
    site = add_site(client, company)
    link = make_link(make_contact(), company, site=site.pk)
    url = f"/contacts/{company.pk}/sites/{site.pk}/remove/"
    assert b"sit at the main site" in client.get(url).content
    client.post(url)
    assert Link.objects.get(pk=link).site_id is None
    assert client.get("/contacts/?q=factory").content.decode().count("Horus Tech") == 0
    undo_last(client)
    assert Link.objects.get(pk=link).site_id == site.pk
    assert Site.objects.get(pk=site.pk).state == "IN-MH"


def test_nobody_touches_sites_they_may_not(
    agent: User, manager: User, readonly: User, signed_in: SignIn, company: Contact
) -> None:
    site = add_site(signed_in(agent), company)
    other = make_contact(name="Other", kind="company")
    assert signed_in(agent).get(f"/contacts/{other.pk}/sites/{site.pk}/").status_code == 404
    main = Site.objects.get(contact=company, is_main=True)
    assert signed_in(agent).get(f"/contacts/{company.pk}/sites/{main.pk}/").status_code == 404
    seen = page(signed_in(readonly), company, "?tab=sites")
    assert "Factory" in seen
    assert "/sites/" not in seen.replace("?tab=sites", "")


def test_fifty_links_and_twenty_sites_cost_no_more_queries(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    small, large = (make_contact(name=name, kind="company") for name in ("Small", "Large"))
    employer = Option.objects.get(list_name="relation", name="Employer").pk
    with change_set(actor=SYSTEM, door="screen") as changes:
        for contact, many in ((small, 2), (large, 20)):
            named = ({"contact": contact.pk, "site_name": f"Site {n}"} for n in range(many))
            sites = changes.save_many(SITE, [Checked(each) for each in named])
            names = [Draft({"name": f"Worker {n}"}) for n in range(many * 5 // 2)]
            links = [
                {"contact": pk, "other": contact.pk, "relation": employer, "site": site}
                for pk, site in zip(changes.save_many(CONTACT, names), cycle(sites))
            ]
            changes.save_many(LINK, [Checked(each) for each in links])

    def cost(contact: Contact, query: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, contact, query)
        return len(queries)

    assert "Worker 49" in page(client, large, "?tab=sites")
    for query in ("", "?tab=sites"):
        assert cost(large, query) <= cost(small, query) + 1  # How many links there are.


def test_the_list_is_narrowed_by_country_state_and_city(
    agent: User, signed_in: SignIn, company: Contact
) -> None:
    client = signed_in(agent)
    make_contact(name="Ola Nordmann", city="Oslo", country="Norway", state="Somewhere")

    def listed(query: str) -> list[str]:
        text = client.get("/contacts/", {"q": query}).content.decode()
        return [name for name in ("Horus Tech", "Ola Nordmann") if f"{name}</" in text]

    assert listed("country:India") == listed("country:IN") == ["Horus Tech"]
    assert listed("country:Norge") == listed("city:OSLO") == ["Ola Nordmann"]
    assert listed("city:ahmedabad") == ["Horus Tech"]
    assert listed("state:Somewhere") == ["Ola Nordmann"]
    assert listed("country:India city:Oslo") == []
    add_site(client, company)
    assert (
        listed("city:pune") == listed("city:=pune") == listed("state:Maharashtra") == [company.name]
    )
    assert listed("city:ahmedabad city:pune") == [company.name], "any site counts"
    assert listed("no:city") == []
