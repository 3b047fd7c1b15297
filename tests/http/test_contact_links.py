"""Links on the card: found, made, changed and taken away from either side."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from kith.accounts.models import User
from kith.contacts.models import Contact, Link, Site
from kith.contacts.services.ended_links import ended_links_demote
from kith.reference.models import Option
from tests.contacts import make_contact, make_link

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def relation(name: str) -> str:
    return f"id:{Option.objects.get(list_name='relation', name=name).pk}"


@pytest.fixture
def person(db: None) -> Contact:
    return make_contact(name="Anjali Smithson")


@pytest.fixture
def company(db: None) -> Contact:
    return make_contact(name="Horus Tech", kind="company")


def link(client: Client, contact: Contact, other: Contact, **typed: Any) -> Any:
    return client.post(f"/contacts/{contact.pk}/links/", {"other": other.pk, **typed})


def test_a_contact_is_looked_for_and_linked(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    client = signed_in(agent)
    found = client.get(f"/contacts/{person.pk}/links/?q=oru").content.decode()
    assert "Horus Tech" in found
    fresh = client.get(f"/contacts/{person.pk}/links/?q=zelda").content.decode()
    assert re.search(r'value="new-company"[^>]*load" checked', fresh)
    box = 'name="is_primary" value="1" checked disabled'
    assert box in fresh, "the first company becomes the primary one unasked"
    fresh = client.get(f"/contacts/{company.pk}/links/?q=zelda").content.decode()
    assert re.search(r'value="new-person"[^>]*load" checked', fresh)
    assert "The primary company" not in fresh
    typed = {"relation": relation("Employer"), "job_title": "Export manager"}
    assert link(client, person, company, **typed).status_code == 302
    made = Link.objects.get()
    assert (made.contact, made.other, made.is_primary) == (person, company, True)
    assert "Export manager · primary" in client.get(f"/contacts/{person.pk}/").content.decode()
    assert box not in client.get(f"/contacts/{person.pk}/links/?q=zelda").content.decode()
    other = client.get(f"/contacts/{company.pk}/").content.decode()
    assert "Anjali Smithson" in other
    assert "Export manager" in other


def test_from_the_companys_card_the_person_is_linked_the_same_way(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    client = signed_in(agent)
    link(client, company, person, relation=relation("Employer"))
    made = Link.objects.get()
    assert (made.contact, made.other) == (person, company)
    assert "Employee" in client.get(f"/contacts/{company.pk}/").content.decode()
    assert "Employer" in client.get(f"/contacts/{person.pk}/").content.decode()


@pytest.mark.parametrize("nonsense", ["", "999999", "x", "-1", "9" * 40])
def test_nobody_chosen_is_told(
    agent: User, signed_in: SignIn, person: Contact, nonsense: str
) -> None:
    response = signed_in(agent).post(f"/contacts/{person.pk}/links/", {"other": nonsense})
    assert response.status_code == 422
    assert b"Choose the contact" in response.content


def test_a_contact_is_linked_once_and_not_to_itself(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    client = signed_in(agent)
    link(client, person, company, relation=relation("Employer"))
    assert link(client, person, company, relation=relation("Employer")).status_code == 422
    assert link(client, person, person, relation=relation("Spouse")).status_code == 422
    assert link(client, person, company, relation=relation("Owner of")).status_code == 302
    second = Link.objects.latest("pk")
    url = f"/contacts/{person.pk}/links/{second.pk}/"
    assert client.post(url, {"relation": relation("Employer")}).status_code == 422
    assert Link.objects.count() == 2


def test_a_link_is_changed_and_a_contact_has_one_primary(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    first = make_link(person, company)
    second = make_link(person, make_contact(name="Guild", kind="company"))
    client = signed_in(agent)
    url = f"/contacts/{person.pk}/links/{second}/"
    typed = {"relation": relation("Employer"), "job_title": "Member", "is_primary": "1"}
    assert client.post(url, typed | {"from_date": "1 Jan 2021"}).status_code == 302
    assert Link.objects.filter(is_primary=True).get().pk == second
    assert Link.objects.get(pk=first).is_primary is False
    assert "since 2021" in client.get(f"/contacts/{person.pk}/").content.decode()
    until = typed | {"from_date": "1 Jan 2021", "to_date": "1 Jan 2023"}
    assert client.post(url, until).status_code == 302
    assert "2021–2023" in client.get(f"/contacts/{person.pk}/").content.decode()
    bad = typed | {"from_date": "2021-01-01", "to_date": "2020-01-01"}
    assert client.post(url, bad).status_code == 422


def test_a_link_that_somebody_else_changed_is_not_overwritten(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    link = make_link(person, company)
    client = signed_in(agent)
    url = f"/contacts/{person.pk}/links/{link}/"
    typed = {"relation": relation("Employer"), "is_primary": "1", "version": "1"}
    assert client.post(url, typed | {"job_title": "Buyer"}).status_code == 302
    answer = client.post(url, typed | {"job_title": "Cook"})
    assert answer.status_code == 409
    assert "Buyer" in answer.content.decode()
    assert Link.objects.get(pk=link).job_title == "Buyer"
    # What was told counts as seen: saving again is meant.
    seen = Link.objects.get(pk=link).version
    again = typed | {"job_title": "Cook", "version": str(seen)}
    assert f'name="version" value="{seen}"' in answer.content.decode()
    assert client.post(url, again).status_code == 302
    assert Link.objects.get(pk=link).job_title == "Cook"


def test_unlinking_keeps_both_contacts_and_comes_back(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    pk = make_link(person, company, job_title="Export manager")
    before = Link.objects.values().get()
    client = signed_in(agent)
    url = f"/contacts/{company.pk}/links/{pk}/remove/"
    assert b"Both contacts stay" in client.get(url).content
    client.post(url)
    assert not Link.objects.exists()
    assert Contact.objects.count() == 2
    history = client.get(f"/contacts/{person.pk}/?tab=history").content.decode()
    assert "took a link away" in history
    undo = next(part.split('"')[0] for part in history.split('action="') if "/undo/" in part[:30])
    client.post(undo)
    after = Link.objects.values().get()
    assert {k: v for k, v in after.items() if "_at" not in k} == {
        k: v for k, v in before.items() if "_at" not in k
    }


def test_a_link_to_a_hidden_contact_is_nobodys_business(
    agent: User, manager: User, signed_in: SignIn, person: Contact
) -> None:
    secret = make_contact(manager, name="Secret", kind="company", accessibility="me")
    pk = make_link(person, secret, manager)
    client = signed_in(agent)
    assert b"Secret" not in client.get(f"/contacts/{person.pk}/links/?q=secret").content
    assert client.get(f"/contacts/{person.pk}/links/{pk}/").status_code == 404
    assert client.post(f"/contacts/{person.pk}/links/{pk}/remove/").status_code == 404
    assert link(client, person, secret).status_code == 422
    assert Link.objects.count() == 1


def test_a_link_of_another_contact_is_not_found_here(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    pk = make_link(make_contact(name="Somebody else"), company)
    assert signed_in(agent).get(f"/contacts/{person.pk}/links/{pk}/").status_code == 404


def test_many_people_of_a_company_come_page_by_page(
    agent: User, signed_in: SignIn, company: Contact
) -> None:
    for number in range(28):
        make_link(make_contact(name=f"Worker {number:02}"), company)
    client = signed_in(agent)
    text, seen = client.get(f"/contacts/{company.pk}/").content.decode(), set()
    assert ">Worker 27</a>" in text, "whoever links somebody sees them at once"
    for _page in range(3):
        seen |= {n for n in range(28) if f">Worker {n:02}</a>" in text}
        if "links/more/" not in text:
            break
        url = text.split('hx-get="/contacts/')[-1].split('"')[0].replace("&amp;", "&")
        text = client.get("/contacts/" + url, headers={"HX-Request": "true"}).content.decode()
    assert len(seen) == 28


def test_a_contact_is_made_on_the_spot_and_sits_at_a_site(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    client = signed_in(agent)
    for name in ("Factory", "Shop"):
        client.post(f"/contacts/{company.pk}/sites/", {"site_name": name})
    site = Site.objects.get(name="Factory")
    asked = client.get(f"/contacts/{company.pk}/links/?q=Zelda").content.decode()
    assert "as a person" in asked
    assert "Factory" in asked
    employee = relation("Employer") + "-back"
    typed = {"other": "new-person", "q": "Zelda New", "relation": employee, "site": site.pk}
    wrong = typed | {"from_date": "2021-01-01", "to_date": "2020-01-01"}
    again = client.post(f"/contacts/{company.pk}/links/", wrong).content.decode()
    assert re.search(r'value="new-person"[^>]* checked', again), "what was chosen stays chosen"
    assert client.post(f"/contacts/{company.pk}/links/", typed).status_code == 302
    made = Link.objects.get()
    assert (made.contact.name, made.other, made.site) == ("Zelda New", company, site)
    # From the person's card the sites come once the company is chosen.
    part = client.get(
        f"/contacts/{person.pk}/links/?other={company.pk}",
        headers={"HX-Request": "true", "HX-Target": "link-site"},
    ).content.decode()
    assert "Factory" in part
    assert "<form" not in part
    link(client, person, company, relation=relation("Employer"), site=site.pk)
    linked = Link.objects.get(contact=person)
    assert linked.site == site
    url = f"/contacts/{person.pk}/links/{linked.pk}/"
    assert client.post(url, {"relation": relation("Employer"), "site": ""}).status_code == 302
    assert Link.objects.get(pk=linked.pk).site is None
    wrong = {"relation": relation("Employer"), "site": "999999"}
    assert client.post(url, wrong).status_code == 422
    client.post(url, {"relation": relation("Employer"), "site": site.pk})
    history = client.get(f"/contacts/{company.pk}/?tab=history").content.decode()
    assert "Site (Anjali Smithson)" in history
    assert history.count("Part of one change of 2 contacts.") == 1, "Zelda was made on the way"


def test_what_they_are_to_each_other_begins_with_what_is_usual(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    client, friend = signed_in(agent), make_contact(name="Mr. S")
    employer, related = relation("Employer"), relation("Related to")

    def proposed(of: Contact, **chosen: Any) -> str:
        part = {"HX-Request": "true", "HX-Target": "link-site"}
        page = client.get(f"/contacts/{of.pk}/links/", chosen, headers=part).content.decode()
        [found] = re.findall(r'value="([^"]*)" selected', page)
        assert ("primary company" in page) == found.startswith(employer)
        return found

    assert proposed(person) == employer
    assert proposed(person, other=friend.pk, relation=employer) == related
    assert proposed(person, other=company.pk, relation=related) == employer
    assert proposed(person, other="new-person", relation=employer) == related
    assert proposed(company, other=friend.pk) == employer + "-back"
    assert proposed(company, other="new-company", relation=employer + "-back") == related
    spouse = relation("Spouse")
    assert proposed(person, other=friend.pk, relation=spouse) == spouse, "what was chosen stays"


def test_a_link_that_ended_is_not_the_primary_one(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    first = make_link(person, company, from_date="2019-01-01", to_date="2199-12-31")
    guild = make_contact(name="Guild", kind="company")
    second = make_link(person, guild)
    make_link(person, make_contact(name="Past", kind="company"), to_date="2020-01-01")

    def primary() -> list[int]:
        ended_links_demote()
        return list(Link.objects.filter(is_primary=True).values_list("pk", flat=True))

    assert primary() == [first]
    yesterday = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1)
    Link.objects.filter(pk=first).update(to_date=yesterday)
    assert primary() == [first], "somebody touched it after it had ended"
    Link.objects.filter(pk=first).update(updated_at="2020-01-01T00:00:00Z")
    assert primary() == [second]
    client = signed_in(agent)
    page = client.get(f"/contacts/{person.pk}/?tab=history").content.decode()
    assert "<b>Kith</b>" in page
    assert "Guild" in client.get("/contacts/?q=smithson").content.decode()
    typed = {"relation": relation("Employer"), "is_primary": "1", "to_date": str(yesterday)}
    client.post(f"/contacts/{person.pk}/links/{second}/", typed)
    assert primary() == [], "its end was told, and no other company is left"
    client.post(f"/contacts/{person.pk}/links/{second}/", typed)
    assert primary() == [second], "made primary although it is over: that is meant"


def test_the_reverse_name_turns_a_link_round(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    client, daughter = signed_in(agent), make_contact(name="Horus Retail", kind="company")
    parent = relation("Parent company")
    link(client, company, daughter, relation=parent + "-back")
    made = Link.objects.get()
    assert (made.contact, made.other) == (daughter, company)
    url = f"/contacts/{company.pk}/links/{made.pk}/"
    assert f'value="{parent}-back" selected' in client.get(url).content.decode()
    client.post(url, {"relation": parent})
    made.refresh_from_db()
    assert (made.contact, made.other) == (company, daughter)
    link(client, person, make_contact(name="Mr. S"), relation=relation("Spouse"))
    married = Link.objects.latest("pk")
    assert married.contact == person
    asked = client.get(f"/contacts/{person.pk}/links/{married.pk}/").content.decode()
    assert "The primary company" not in asked
    found = client.get(f"/contacts/{married.other_id}/links/?q=smithson").content.decode()
    assert "Horus Tech" not in found
    link(client, married.other, company, to_date="31 Dec 2019")
    assert not Link.objects.latest("pk").is_primary, "who worked there once stands for nobody"
    link(client, person, company)
    found = client.get(f"/contacts/{married.other_id}/links/?q=smithson").content.decode()
    assert "Horus Tech" in found, "the company tells one Anjali from another"


def test_who_may_not_make_contacts_links_the_known_ones_only(
    readonly: User, agent: User, signed_in: SignIn, person: Contact
) -> None:
    asked = signed_in(readonly).post(
        f"/contacts/{person.pk}/links/", {"other": "new-person", "q": "Zelda"}
    )
    assert asked.status_code == 403
    for other in ("new-robot", "new-"):
        typed = {"other": other, "q": "Zelda"}
        answer = signed_in(agent).post(f"/contacts/{person.pk}/links/", typed)
        assert answer.status_code == 422


def test_companies_and_people_stand_apart_and_former_ones_last(
    agent: User, signed_in: SignIn, person: Contact, company: Contact
) -> None:
    client = signed_in(agent)
    spouse, past = make_contact(name="Meera"), make_contact(name="Anubis Ltd", kind="company")
    link(client, person, past, relation=relation("Employer"), to_date="2020-01-31")
    link(client, person, company, relation=relation("Employer"))
    link(client, person, spouse, relation=relation("Spouse"))
    card = client.get(f"/contacts/{person.pk}/").content.decode()
    panels = card.split('<section class="k-panel">')[1:]
    companies = next(each for each in panels if "<h2>Companies</h2>" in each)
    people = next(each for each in panels if "<h2>People</h2>" in each)
    assert "Meera" not in companies.split("</section>")[0]
    assert "Meera" in people
    now, former = companies.split('<li class="k-mate ended">')
    assert company.name in now
    assert "Anubis Ltd" in former
    assert "former" in former
