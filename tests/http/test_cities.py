"""The list of cities: one spelling in every address, offered while one types, merged and undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.accounts.actors import SYSTEM
from kith.accounts.models import User
from kith.contacts.context import reading_context
from kith.contacts.jobs import rename_city
from kith.contacts.listing.cities import city_page
from kith.contacts.models import Contact, Site
from kith.contacts.record import CONTACT
from kith.contacts.services import cities
from kith.contacts.services.cities import cities_take_in
from kith.history.models import ChangeSet
from kith.jobs.progress import Interrupted
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.reference.cities import offered_cities
from kith.reference.models import City, CityName
from kith.reference.seeding import seed_cities
from tests.contacts import change_contact, make_contact

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def place(name: str, country: str, division: str, people: int, *others: str) -> dict[str, Any]:
    return {
        "name": name, "countrycode": country, "admin1code": division, "population": people,
        "timezone": "Asia/Kolkata", "alternatenames": list(others),
    }  # fmt: skip


@pytest.fixture(autouse=True)
def seeded(db: None) -> None:
    seed_cities([
        place("Mumbai", "IN", "16", 12_000_000, "Bombay", "मुंबई"),
        place("Ahmadābād", "IN", "09", 6_000_000, "Ahmedabad"),
        place("Hyderabad", "IN", "40", 6_900_000),
        place("Hyderabad", "PK", "05", 1_900_000),
        place("Münster", "DE", "07", 300_000),
        place("Munster", "FR", "44", 20_000),
        place("Valparaíso", "CL", "01", 300_000, "HYD"),
        place("Small", "FR", "44", 10_000),
    ])  # fmt: skip


def offers(client: Client, text: str, country: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(
        "/options/city/", {"q": text, "country": country}
    ).json()["results"]
    return found


def test_the_list_is_filled_once(db: None) -> None:
    assert City.objects.count() == 7
    assert City.objects.get(name="Ahmadabad").state == "IN-GJ"
    assert set(CityName.objects.values_list("name", flat=True)) == {"Bombay", "Ahmedabad", "HYD"}
    assert seed_cities([place("Mumbai", "IN", "16", 12_000_000, "Bombay")]) == 0


def test_offers_come_by_any_name_and_by_near_spellings(agent: User, signed_in: SignIn) -> None:
    client = signed_in(agent)
    for text in ("Mum", "bombay", "Bombey", "MUMBAY"):
        assert offers(client, text)[0]["value"] == "Mumbai", text
    bombay = offers(client, "Bombay")[0]
    assert bombay["fill"] == {"state": "Maharashtra", "country": "India"}
    assert "(Bombay)" in bombay["note"]
    here = offers(client, "hyder", "India")
    assert [each["fill"]["country"] for each in here] == ["India"]
    assert len(offers(client, "hyder")) == 2
    assert [each.country for each in offered_cities("hyder", "", "PK")] == ["PK", "IN"]
    assert offers(client, "hyd")[0]["value"] == "Hyderabad", "a code of a city abroad comes later"
    assert offers(client, "") == offers(client, "zzz") == offers(client, "\x00" * 300) == []


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ({"city": "MUMBAI"}, "Mumbai"),
        ({"city": "munster", "country": "Germany"}, "Münster"),
        ({"city": "munster", "country": "France"}, "Munster"),
        ({"city": "munster"}, "munster"),
        ({"city": "Bombay"}, "Bombay"),
        ({"city": "Nowhere Ville", "country": "India"}, "Nowhere Ville"),
    ],
)
def test_a_city_is_spelt_as_in_the_list_and_joins_it(typed: Any, stored: str) -> None:
    contact = make_contact(**typed)
    assert Site.objects.get(contact=contact).city == stored
    assert City.objects.filter(name=stored).exists() is (stored != "munster")
    before = City.objects.count()
    make_contact(**typed | {"city": stored.upper()})
    assert City.objects.count() == before


def test_letters_that_the_list_lacks_are_kept_and_mean_the_same_city(db: None) -> None:
    before = City.objects.count()
    contact = make_contact(city="Hyderābād", country="India")
    assert Site.objects.get(contact=contact).city == "Hyderābād"
    assert City.objects.count() == before


def test_a_set_of_any_size_asks_the_list_as_often(db: None) -> None:
    def cost(many: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            save([f"Mumbai {n}" for n in range(many)] + ["Mumbai", "BOMBAY"])
        return len(queries)

    assert cost(2) == cost(40)


def save(cities: list[str]) -> None:
    with change_set(actor=SYSTEM, door="import", context=reading_context()) as changes:
        drafts = [Draft({"name": "X", "city": each, "country": "India"}) for each in cities]
        changes.save_many(CONTACT, drafts)


def test_administrators_merge_rename_and_undo(
    administrator: User, agent: User, signed_in: SignIn
) -> None:
    client = signed_in(administrator)
    people = [make_contact(name=f"P{n}", city="Bombay", country="India") for n in range(2)]
    hidden = make_contact(agent, name="H", city="Bombay", country="India", accessibility="me")
    page = client.get("/settings/cities/").content.decode()
    assert "Bombay" in page
    assert "Hyderabad" not in page
    assert "Hyderabad" in client.get("/settings/cities/?view=all&q=hyd").content.decode()
    assert "Hyderabad" in client.get("/settings/cities/?view=all&q=derab").content.decode()
    keep, gone = (City.objects.get(name=name).pk for name in ("Mumbai", "Bombay"))
    assert client.post("/settings/cities/merge/", {"id": [keep]}).status_code == 302
    asked = client.post("/settings/cities/merge/", {"id": [keep, gone]}).content.decode()
    assert "Which spelling is kept?" in asked
    answer = client.post("/settings/cities/merge/", {"id": [keep, gone], "keep": keep})
    assert answer.status_code == 302
    site = Site.objects.get(contact=people[0])
    assert (site.city, site.state, site.city_folded) == ("Mumbai", "IN-MH", "mumbai")
    assert not City.objects.filter(pk=gone).exists()
    # From now on the other spelling is put right where it is typed.
    later = make_contact(name="Later", city="BOMBAY", country="India")
    assert Site.objects.get(contact=later).city == "Mumbai"
    change_contact(hidden, agent, remarks="Changed since")
    assert "in the settings" in signed_in(agent).get(f"/contacts/{hidden.pk}/?tab=history").text
    merged = ChangeSet.objects.filter(note__startswith="Cities").latest("pk")
    client.post(f"/changes/{merged.pk}/undo/")
    assert Site.objects.get(contact=people[0]).city == "Bombay"
    assert Site.objects.get(contact=hidden).city == "Bombay"
    assert City.objects.filter(pk=gone).exists()
    assert make_contact(city="bombay", country="India").pk
    url = f"/settings/cities/{keep}/"
    assert client.post(url, {"name": " "}).status_code == 422
    assert client.post(url, {"name": "Bambai"}).status_code == 302
    assert Site.objects.get(contact=later).city == "Bambai"
    assert Site.objects.get(contact=make_contact(city="mumbai")).city == "Bambai"
    assert signed_in(agent).get("/settings/cities/").status_code == 403


def test_a_rename_that_was_killed_goes_on_and_is_undone_as_one(
    administrator: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [make_contact(name=f"P{n}", city="Mumbai", country="India") for n in range(3)]
    monkeypatch.setattr(cities, "steps", lambda ids: [[each] for each in ids])

    class Dying:
        user, checkpoint = administrator, None

        def step(self, done: int, checkpoint: dict[str, int]) -> None:
            if done == 2 and self.checkpoint == {**checkpoint, "done": 1}:
                raise Interrupted
            self.checkpoint = checkpoint

    progress: Any = Dying()
    city = City.objects.get(name="Mumbai").pk
    with pytest.raises(Interrupted):
        rename_city(progress, city=city, name="Bambai")
    assert Site.objects.filter(city="Bambai").count() == 1
    progress.__class__ = type("Living", (Dying,), {"step": lambda self, done, checkpoint: None})
    rename_city(progress, city=city, name="Bambai")
    assert Site.objects.filter(city="Bambai").count() == 3
    [renamed] = ChangeSet.objects.filter(note__startswith="Cities")
    signed_in(administrator).post(f"/changes/{renamed.pk}/undo/")
    assert Site.objects.filter(contact__in=people, city="Mumbai").count() == 3
    assert City.objects.get(pk=city).name == "Mumbai"


def test_cities_in_use_before_there_was_a_list_join_it(db: None) -> None:
    contact = make_contact(city="Oldtown", country="India")
    City.objects.filter(name="Oldtown").delete()
    assert cities_take_in() == 1
    assert cities_take_in() == 0
    assert Contact.objects.filter(pk=contact.pk).exists()


def test_a_city_picked_in_place_brings_its_state_and_country(
    agent: User, signed_in: SignIn
) -> None:
    client, contact = signed_in(agent), make_contact()
    url = f"/contacts/{contact.pk}/fields/city/"
    picked = {"city": "Mumbai", "fill_state": "Maharashtra", "fill_country": "India"}
    client.post(url, picked, headers={"HX-Request": "true"})
    site = Site.objects.get(contact=contact)
    assert (site.city, site.state, site.country) == ("Mumbai", "IN-MH", "IN")
    picked = {"city": "Hyderabad", "fill_state": "Sindh", "fill_country": "Pakistan"}
    client.post(url, picked, headers={"HX-Request": "true"})
    site.refresh_from_db()
    assert (site.city, site.state, site.country) == ("Hyderabad", "PK-SD", "PK")
    picked = {"city": "Valparaíso", "fill_country": "Chile"}
    client.post(url, picked, headers={"HX-Request": "true"})
    site.refresh_from_db()
    assert (site.city, site.state, site.country) == ("Valparaíso", "", "CL")
    client.post(url, {"city": "Newtown"}, headers={"HX-Request": "true"})
    assert City.objects.get(name="Newtown").country == "CL", "it joins the list with its country"
    City.objects.filter(name="Newtown").update(country="")
    rows, _after, _before = city_page(view="used", text="newtown")
    assert [row.used for row in rows] == [1], "one without a country is in use as well"


def test_a_city_typed_and_not_picked_brings_what_only_it_can_mean(
    agent: User, signed_in: SignIn
) -> None:
    client, contact = signed_in(agent), make_contact()
    url = f"/contacts/{contact.pk}/fields/city/"
    for typed in ("Small", "bombay", "hyderabad"):  # The second is in the firm's country.
        answer = client.post(url, {"city": typed}, headers={"HX-Request": "true"})
        filled = "bombay is in Maharashtra, India: that was added."
        assert (filled in answer["HX-Trigger"]) is (typed == "bombay")
    site = Site.objects.get(contact=contact)
    assert (site.city, site.state, site.country) == ("Hyderabad", "IN-MH", "IN")
    client.post("/contacts/new/", {"kind": "person", "name": "Anjali", "city": "Mumbai"})
    site = Site.objects.latest("pk")
    assert (site.city, site.state, site.country) == ("Mumbai", "IN-MH", "IN")
    sent = {"kind": "person", "name": "Anjali", "city": "Munster", "country": "Germany"}
    client.post("/contacts/new/", sent)
    assert Site.objects.latest("pk").state == "DE-NW"
