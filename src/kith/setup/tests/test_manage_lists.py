"""An administrator's day with the reference lists, through the pages."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from kith.accounts.models import Role
from kith.accounts.permissions import Permission
from kith.contacts.models import Contact, Label, Link
from kith.history.models import Change
from kith.jobs import running
from kith.jobs.models import Job
from kith.reference.growth import everybody_adds
from kith.reference.models import List, Option
from kith.reference.queries import Options
from kith.reference.services import merging
from kith.reference.services.company import company_save
from kith.setup.pages import option_acts
from tests.contacts import make_contact, make_link

pytestmark = pytest.mark.django_db
TAGS = "/settings/lists/tag/"


@pytest.fixture
def client(administrator, signed_in) -> Client:
    return signed_in(administrator)


def names(client: Client, url: str = TAGS, **query: str) -> list[str]:
    page = client.get(url, query).content.decode()
    return re.findall(r"data-dialog>(?:<span[^>]*></span>)?<bdi>(.*?)</bdi>", page)


def pk(name: str, list_name: str = "tag") -> int:
    return Option.objects.get(list_name=list_name, name=name).pk


def undo_last(client: Client, page: str) -> None:
    urls = re.findall(r'action="(/[^"]*undo/[^"]*)"', page)
    answer = client.post(urls[-1].replace("&amp;", "&"), follow=True)
    assert "k-toast warning" not in answer.content.decode()


def test_the_overview_shows_every_list_and_search_finds_them(client: Client) -> None:
    page = client.get("/settings/lists/").content.decode()
    assert page.count('class="k-place"') == len(List.values)
    found = client.get("/settings/", {"find": "designations"}).content.decode()
    assert 'href="/settings/lists/designation/"' in found
    assert client.get("/settings/lists/no-such/").status_code == 404


def test_who_may_add_to_a_list_in_place_is_a_setting(
    client: Client, agent, make_user, signed_in
) -> None:
    person, user = make_contact(), signed_in(agent)
    fact, htmx = f"/contacts/{person.pk}/fields/categories/", {"HX-Request": "true"}
    answer = client.post("/settings/lists/category/who/", {"who": "keepers"}, follow=True)
    page = answer.content.decode()
    assert "Only people who may change lists can add to it." in page
    assert "data-create" not in user.get(fact, headers=htmx).content.decode()
    refused = user.post(fact, {"categories": "Insurance"})
    assert "is not an option here" in refused.content.decode()
    assert "data-create" in client.get(fact, headers=htmx).content.decode()
    undo_last(client, page)
    assert "data-create" in user.get(fact, headers=htmx).content.decode()
    assert user.post(fact, {"categories": "Insurance"}).status_code == 302
    assert client.post("/settings/lists/category/who/", {"who": "x"}).status_code == 422
    # Who keeps the lists and no other settings takes that back, and nothing else of the firm's.
    Role.objects.create(key="keeper", name="Keeper", permissions=[Permission.REFERENCE_MANAGE])
    keeper = make_user("keeper")
    keeps = signed_in(keeper)
    page = keeps.post("/settings/lists/tag/who/", {"who": "keepers"}, follow=True).content.decode()
    undo_last(keeps, page)
    assert everybody_adds("tag")
    changes = company_save(actor=keeper, values={"name": "Horus"})
    assert changes
    assert keeps.post(f"/changes/{changes.pk}/undo/").status_code == 403


def test_currencies_in_use_are_offered_before_others(client: Client, agent, signed_in) -> None:
    url, user = "/settings/lists/currency/", signed_in(agent)

    def offered(words: str = "") -> list[str]:
        found = user.get("/options/currency/", {"q": words}).json()["results"]
        return [each["text"] for each in found]

    assert offered()[:2] == ["INR Indian Rupee", "AED United Arab Emirates Dirham"]
    page = client.post(f"{url}new/", {"name": "USD"}, follow=True).content.decode()
    assert "USD US Dollar" in page
    assert "Merge" not in page
    client.post(f"{url}paste/", {"lines": "Euro\nnok\nusd"})
    wrong = client.post(f"{url}paste/", {"lines": "Groats"})
    assert "no such currency" in wrong.content.decode()
    assert offered()[:5] == [
        "INR Indian Rupee", "EUR Euro", "NOK Norwegian Krone", "USD US Dollar",
        "AED United Arab Emirates Dirham",
    ]  # fmt: skip
    assert offered("nor")[0] == "NOK Norwegian Krone"
    assert offered("dollar")[0] == "USD US Dollar"
    client.post(f"{url}who/", {"who": "keepers"})
    assert offered() == [
        "INR Indian Rupee", "EUR Euro", "NOK Norwegian Krone", "USD US Dollar",
    ]  # fmt: skip
    make_contact(currency="USD")
    option = pk("USD", "currency")
    assert "1 time<" in client.get(url).content.decode()
    assert "in use" in client.post(f"{url}delete/", {"id": option}, follow=True).content.decode()
    renamed = client.post(f"{url}{option}/", {"name": "CHF"})
    assert "keeps its name" in renamed.content.decode()
    assert client.post(f"{url}merge/", {"id": option}).status_code == 404


def test_options_are_pasted_added_found_ordered_and_sorted(client: Client) -> None:
    page = client.post(f"{TAGS}paste/", {"lines": "Beta\nalpha\t12\n\nGamma\nBETA "}, follow=True)
    assert "3 were added." in page.content.decode()
    assert names(client) == ["alpha", "Beta", "Gamma"], "a new list is alphabetical"
    again = client.post(f"{TAGS}paste/", {"lines": "ALPHA\nDélta"}, follow=True)
    assert "1 was added. 1 was there already." in again.content.decode()
    undo_last(client, again.content.decode())
    assert names(client) == ["alpha", "Beta", "Gamma"]
    long = client.post(f"{TAGS}paste/", {"lines": "x" * 101})
    assert (long.status_code, Option.objects.filter(list_name="tag").count()) == (422, 3)

    new = client.post(f"{TAGS}new/", {"name": "Alpha", "colour": ""})
    assert new.status_code == 422
    assert "is in this list already" in new.content.decode()
    assert client.post(f"{TAGS}new/", {"name": " ", "colour": "puce"}).status_code == 422
    assert client.post(f"{TAGS}new/", {"name": "VIP", "colour": "red"}).status_code == 302
    assert 'class="k-dot red"' in client.get(TAGS, {"find": "vIp"}).content.decode()
    assert names(client, find="mm") == ["Gamma"]

    move = {"move": f"{pk('VIP')}:up"}
    moved = client.post(f"{TAGS}move/", move, headers={"HX-Request": "true", "HX-Target": "list"})
    assert "<html" not in moved.content.decode()
    assert "undo" in moved["HX-Trigger"]
    assert names(client) == ["alpha", "Beta", "VIP", "Gamma"]
    client.post(f"{TAGS}move/", {"move": f"{pk('VIP')}:-2"})  # Dragged over two.
    assert names(client) == ["VIP", "alpha", "Beta", "Gamma"]
    client.post(f"{TAGS}move/", {"move": f"{pk('VIP')}:2"})
    client.post(f"{TAGS}new/", {"name": "Aaa", "colour": ""})
    assert names(client)[-1] == "Aaa", "in a list with an order of its own, new ones come last"
    client.post(f"{TAGS}sort/")
    assert names(client) == ["Aaa", "alpha", "Beta", "Gamma", "VIP"]
    assert client.post(f"{TAGS}move/", {"move": "x:up"}).status_code == 404


def test_a_new_name_is_the_name_everywhere_and_the_old_one_is_understood(client: Client) -> None:
    contact = make_contact(designation={"new": "Manger"})
    url = reverse("setup:option", args=["designation", contact.designation_id])
    assert client.post(url, {"name": "Manager", "version": "1"}).status_code == 302
    assert "Manager" in client.get(f"/contacts/{contact.pk}/").content.decode()
    assert make_contact(designation={"new": "MANGER"}).designation_id == contact.designation_id
    assert names(client, "/settings/lists/designation/") == ["Manager"]
    assert "Manger" in client.get(url).content.decode(), "it is said which names are understood"
    late = client.post(url, {"name": "Boss", "version": "1"})
    assert late.status_code == 409
    assert client.post(url, {"name": "Manger"}).status_code == 302, "a former name may come back"
    assert Options().find("designation", "manager") == contact.designation_id


def test_what_is_used_is_archived_not_deleted(client: Client) -> None:
    contact = make_contact(tags=[{"new": "Old"}, {"new": "Kept"}])
    client.post(f"{TAGS}new/", {"name": "Unused", "colour": ""})
    both = {"id": [pk("Old"), pk("Unused")]}
    page = client.post(f"{TAGS}delete/", both, follow=True).content.decode()
    assert "Nothing was deleted: 1 of these is in use" in page
    page = client.post(f"{TAGS}delete/", {"id": [pk("Unused")]}, follow=True).content.decode()
    assert "Unused" not in names(client)
    undo_last(client, page)
    assert "Unused" in names(client)

    page = client.post(f"{TAGS}archive/", {"id": [pk("Old")]}, follow=True).content.decode()
    assert names(client) == ["Kept", "Unused"]
    assert names(client, state="archived") == ["Old"]
    assert "Old" in client.get(f"/contacts/{contact.pk}/").content.decode(), "it stays where it is"
    offered = client.get("/options/tag/", {"q": "o"}).json()["results"]
    assert "Old" not in [each["text"] for each in offered]
    client.post(f"{TAGS}restore/", {"id": [pk("Old")]})
    client.post(f"{TAGS}archive/", {"id": [pk("Old")]})
    client.post(f"{TAGS}new/", {"name": "OLD", "colour": "blue"})
    assert names(client)[0:1] == ["Kept"]
    assert "OLD" in names(client), "adding an archived one brings it back"


def test_several_become_one_wherever_they_are_held(client: Client, agent, administrator) -> None:
    hidden = make_contact(agent, accessibility="me", designation={"new": "Mgr"})
    open_ = make_contact(designation={"new": "Manager"}, tags=[{"new": "a"}, {"new": "b"}])
    company = make_contact(kind="company", name="Horus")
    one = make_link(open_, company, relation={"new": "Owns"})
    second = make_link(
        open_, company, relation={"new": "Owner"}, is_primary=True, job_title="Founder"
    )
    keep, gone = pk("Manager", "designation"), pk("Mgr", "designation")
    url = "/settings/lists/designation/"
    asked = client.post(f"{url}merge/", {"id": [keep, gone]}).content.decode()
    assert asked.count('type="radio"') == 2
    assert (
        "Choose at least two"
        in client.post(f"{url}merge/", {"id": [keep]}, follow=True).content.decode()
    )

    merged = client.post(f"{url}merge/", {"id": [keep, gone], "keep": keep}, follow=True)
    assert names(client, url) == ["Manager"]
    assert Contact.objects.get(pk=hidden.pk).designation_id == keep, "hidden ones as well"
    assert Change.objects.filter(subject_id=hidden.pk, action="u").count() == 1
    assert make_contact(designation={"new": "mgr"}).designation_id == keep
    undo_last(client, merged.content.decode())
    assert Contact.objects.get(pk=hidden.pk).designation_id == gone
    assert names(client, url) == ["Manager", "Mgr"]

    client.post(f"{TAGS}merge/", {"id": [pk("a"), pk("b")], "keep": pk("a")}, follow=True)
    assert list(Label.objects.filter(contact=open_).values_list("option", flat=True)) == [pk("a")]

    owns, owner = pk("Owns", "relation"), pk("Owner", "relation")
    two = Link.objects.filter(contact=open_, other=company)
    assert two.count() == 2
    form = {"id": [owns, owner], "keep": owns}
    page = client.post("/settings/lists/relation/merge/", form, follow=True)
    [link] = two
    assert link.pk == one, "two links that say the same are one"
    assert (link.is_primary, link.job_title) == (True, "Founder"), "with what either said"
    undo_last(client, page.content.decode())
    assert list(two.values_list("pk", "is_primary").order_by("pk")) == [
        (one, False), (second, True),
    ]  # fmt: skip


def test_a_large_merge_is_a_job_that_goes_in_portions(client: Client, monkeypatch) -> None:
    monkeypatch.setattr(merging, "PORTION", 2)
    monkeypatch.setattr(option_acts, "PORTION", 2)
    for number in range(5):
        make_contact(name=f"N {number}", designation={"new": "Mgr"})
    keep = make_contact(designation={"new": "Manager"}).designation_id
    form = {"id": [keep, pk("Mgr", "designation")], "keep": keep}
    client.post("/settings/lists/designation/merge/", form)
    assert Contact.objects.filter(designation=keep).count() == 1
    running.run(Job.objects.get(kind="merge-options").pk)
    assert Contact.objects.filter(designation=keep).count() == 6
    job = Job.objects.get(kind="merge-options")
    assert (job.state, job.message) == ("done", "5 records now say Manager.")


def test_one_page_of_a_long_list_costs_the_same(
    client: Client, django_assert_max_num_queries
) -> None:
    client.post(
        "/settings/lists/designation/paste/", {"lines": "\n".join(f"D {n:04}" for n in range(250))}
    )
    with django_assert_max_num_queries(16):
        assert len(names(client, "/settings/lists/designation/", page="2")) == 100
    assert len(names(client, "/settings/lists/designation/", page="99")) == 50
