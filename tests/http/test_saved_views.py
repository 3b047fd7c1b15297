"""Saved views: made from what is listed, changed, shared, arranged, deleted and brought back."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.accounts.groups import team_save
from kith.accounts.models import Role, User
from kith.accounts.permissions import Permission
from kith.contacts.context import reading_context
from kith.contacts.record import CONTACT
from kith.customfields.services.fields import field_archive, field_create, field_update
from kith.history.models import ChangeSet
from kith.records.checking import Draft
from kith.records.door import change_set
from kith.views.models import SavedView

from .test_list_columns import heads, listed

LIST = "/contacts/"
NEW = "/views/contact/new/"


@pytest.fixture
def people(manager: Any, administrator: Any, gold: str) -> None:
    rows = (
        {"name": "Anjali", "city": "Pune", gold: 20},
        {"name": "Bhatnagar", "kind": "company", gold: 3},
        {"name": "Chloé", "manager": manager.pk, "accessibility": "me"},
    )
    context = reading_context("IN", reader=manager)
    with change_set(actor=manager, door="screen", context=context) as changes:
        changes.save_many(CONTACT, [Draft(dict(each)) for each in rows])


@pytest.fixture
def gold(administrator: Any) -> str:
    name, _changes = field_create(
        actor=administrator, label="Points", kind="number", filterable=True
    )
    return name


def tabs(client: Any, query: str = "") -> dict[str, str]:
    page = client.get(f"{LIST}{query}").content.decode()
    found = re.findall(r'k-tab" href="([^"]*)"[^>]*><span>([^<]*)', page)
    return {label: url.replace("&amp;", "&") for url, label in found}


def make(client: Any, name: str, **values: Any) -> SavedView:
    given = {"name": name, "query": "", "who": "me", "pinned": "on", **values}
    answer = client.post(NEW, given)
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.get(pk=int(parse_qs(urlsplit(answer["Location"]).query)["view"][0]))


def test_a_view_is_saved_changed_and_brought_back(
    people: None,
    manager: Any,
    administrator: Any,
    signed_in: Any,
    gold: str,
) -> None:
    client = signed_in(manager)
    form = client.get(f"{NEW}?q=points:>1&sort=-{gold}&columns=city,{gold}").content.decode()
    assert f'name="columns" value="city,{gold}"' in form
    view = make(client, "Gold", query="Points:>1", sort=f"-{gold}", columns=f"city,{gold}")
    # By stable names, so that another label changes nothing.
    assert view.query == f"{gold}:>1"
    field_update(actor=administrator, name=gold, values={"label": "Bonus"})
    url = tabs(client)["Gold"]
    page = client.get(url).content.decode()
    assert list(heads(page))[:3] == ["Name", "City", "Bonus"]
    assert listed(client, url.partition("?")[2]) == ["Anjali", "Bhatnagar"]
    assert "Discard" not in page
    # The search box has the present label, which says the same as the view does.
    assert 'data-q="bonus:&gt;1"' in page
    assert 'name="q" value="bonus:&gt;1"' in page
    assert "Discard" not in client.get(f"{url}&q=bonus:>1").content.decode()
    asked = client.get(LIST, {"q": f"-has:{gold},email {gold}:>1 pune"}).content.decode()
    assert 'name="q" value="-has:bonus,email bonus:&gt;1 pune"' in asked

    # What is changed stands in the address; saving it keeps it.
    changed = f"view={view.pk}&q=city:pune&sort=name"
    page = client.get(f"{LIST}?{changed}").content.decode()
    assert "Discard" in page
    assert listed(client, changed) == ["Anjali"]
    assert len(listed(client, f"view={view.pk}&q=")) == 3
    shown = {"q": "city:pune", "sort": "name", "columns": "city"}
    # An older page does not overwrite, and no query is cut off to what would list something else.
    for refused in ({"version": "7"}, {"q": "city:" + "pune" * 250}):
        client.post(f"/views/{view.pk}/save/", shown | refused)
        view.refresh_from_db()
        assert view.query == f"{gold}:>1"
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    client.post(f"/views/{view.pk}/save/", shown | {"version": version[1]})
    view.refresh_from_db()
    assert (view.query, view.sort, view.columns) == ("city:pune", "name", [["city", 0]])
    page = client.get(f"{LIST}?view={view.pk}").content.decode()
    assert "is saved as you see it" in page
    undo = re.search(r'action="(/changes/\d+/undo/[^"]*)"', page)
    assert undo
    client.post(undo[1].replace("&amp;", "&"))
    view.refresh_from_db()
    assert (view.query, view.names) == (f"{gold}:>1", ["city", gold])

    # A field that is put away is told of, and the view still works.
    field_archive(actor=administrator, name=gold)
    page = client.get(f"{LIST}?view={view.pk}").content.decode()
    assert "hidden or no longer there: Bonus" in page
    assert "goes by fields that are hidden now: Bonus" in page
    assert "Anjali" in page

    client.post(f"/views/{view.pk}/delete/")
    page = client.get(LIST).content.decode()
    assert "Gold" not in tabs(client)
    undo = re.search(r'action="(/changes/\d+/undo/[^"]*)"', page)
    assert undo
    client.post(undo[1].replace("&amp;", "&"))
    assert SavedView.objects.get(pk=view.pk).names == ["city", gold]


@pytest.mark.usefixtures("people")
def test_a_shared_view_shows_what_its_reader_may_see(
    manager: Any,
    agent: User,
    readonly: User,
    make_user: Any,
    signed_in: Any,
) -> None:
    team = team_save(actor=manager, name="Sales", members=[agent.pk])
    shares, reads, other = signed_in(manager), signed_in(agent), signed_in(readonly)
    view = make(shares, "Ours", query="manager:me", who="some", members=f"team:{team.pk}")
    assert "Ours" in tabs(reads)
    fresh = ">new</span>"
    assert [fresh in each.get(LIST).content.decode() for each in (shares, reads)] == [False, True]
    reads.get(f"{LIST}?view={view.pk}")
    assert fresh not in reads.get(LIST).content.decode()
    assert "Ours" not in tabs(other)
    one = make(shares, "For one", who="some", members=f"user:{agent.pk}")
    assert ["For one" in tabs(each) for each in (shares, reads, other)] == [True, True, False]
    form = shares.get(f"/views/{one.pk}/").content.decode()
    assert f'value="user:{agent.pk}" selected' in form
    nobody = shares.post(NEW, {"name": "x", "who": "some", "members": "user:999999"})
    assert nobody.status_code == 422
    assert listed(shares, f"view={view.pk}") == ["Chloé"]
    assert listed(reads, f"view={view.pk}") == []
    page = other.get(f"{LIST}?view={view.pk}").content.decode()
    assert "is gone, or nobody shares it with you" in page
    for client, status in ((reads, 403), (other, 404)):
        assert client.get(f"/views/{view.pk}/").status_code == status
        assert client.post(f"/views/{view.pk}/delete/").status_code == status
        assert client.post(f"/views/{view.pk}/save/", {"q": "x"}).status_code == status
    # Who looks after others' contacts, but shares no views, takes back nothing of them either.
    held = [Permission.CONTACT_SEE, Permission.CONTACT_EDIT, Permission.CONTACT_BULK]
    Role.objects.create(key="helper", name="Helper", permissions=held)
    helper = make_user("helper")
    team_save(actor=manager, team=team, name="Sales", members=[agent.pk, helper.pk])
    shares.post(f"/views/{view.pk}/save/", {"q": "manager:me", "columns": "city"})
    changes = ChangeSet.objects.latest("pk").pk
    looks_after = signed_in(helper)
    assert "Ours" in tabs(looks_after)
    assert looks_after.post(f"/changes/{changes}/undo/").status_code == 404
    view.refresh_from_db()
    assert view.names == ["city"]
    # Who may not share makes views for themselves, whatever the form says.
    own = make(reads, "Mine", query="city:pune", who="all")
    assert "Mine" not in tabs(shares)
    assert own.owner == agent
    assert shares.get(f"/views/{own.pk}/").status_code == 404
    reads.post(f"/views/{view.pk}/copy/")
    copy = SavedView.objects.get(name="Ours, copy")
    assert (copy.owner, copy.query, copy.reach) == (agent, view.query, own.reach)
    # Who may only read keeps views too, and takes back what happened to them.
    kept = make(other, "Readers")
    assert "Readers" in tabs(other)
    other.post(f"/views/{kept.pk}/delete/")
    undo = re.search(r'action="(/changes/\d+/undo/[^"]*)"', other.get(LIST).content.decode())
    assert undo
    assert reads.post(undo[1]).status_code == 404
    other.post(undo[1].replace("&amp;", "&"))
    assert "Readers" in tabs(other)
    bad = shares.post(NEW, {"name": " ", "who": "some", "query": "("})
    assert bad.status_code == 422
    assert shares.post(NEW, {"name": "x", "who": "some"}).status_code == 422


def test_each_user_arranges_a_list_for_themselves(
    people: None,
    manager: Any,
    signed_in: Any,
) -> None:
    client = signed_in(manager)
    view = make(client, "Pune", query="city:pune", density="compact")
    key = str(view.pk)
    page = client.post("/views/contact/tabs/", {"tab": [key, "people"], "up": "people"})
    assert re.findall(r'name="tab" value="(\w+)" checked', page.content.decode()) == ["people", key]
    client.post("/views/contact/tabs/", {"tab": [key, "people", "nonsense"], "first": key})
    assert list(tabs(client)) == ["Pune", "People"]
    assert listed(client, "") == ["Anjali"]
    assert list(tabs(client, "?q=kind:company")) == ["Pune", "People", "Companies"]
    # Who searches in a tab that everybody has stays there, and sees that it is not all of it.
    for query, tab, dot in (
        ("kind:company", "Companies", False),
        ("kind:company x", "Companies", True),
        ("kind:company OR x", "All contacts", True),
        ("x", "All contacts", True),
    ):
        page = client.get(LIST, {"q": query}).content.decode()
        here = re.findall(r'k-tab" href="[^"]*" aria-current="page"><span>([^<]*)(.*?)</a>', page)
        assert [(name, "k-changed" in rest) for name, rest in here] == [(tab, dot)], query
    assert 'data-density="compact"' in client.get(LIST).content.decode()
    assert len(listed(client, "view=all")) == 3
    client.post("/views/contact/first/", {"key": "all"})
    assert len(listed(client, "")) == 3

    page = client.get(f"{LIST}?columns=city,code").content.decode()
    assert "Keep these columns" in page
    client.post("/views/contact/columns/", {"columns": "city,code"})
    assert list(heads(client.get(LIST).content.decode()))[:3] == ["Name", "City", "Code"]
    client.post("/views/contact/widths/", {"column": "city", "width": "300"})
    client.post("/views/contact/widths/", {"column": "code", "width": "99999"})
    assert re.findall(r'<col[^>]*width="(\d+)"', client.get(LIST).content.decode()) == ["300"]
    client.post(f"/views/{key}/save/", {"q": "city:pune", "columns": "city,code", "sort": "name"})
    view.refresh_from_db()
    assert view.columns == [["city", 300], ["code", 0]]
    client.get(LIST)
    # Opening a view asks no more than the same list without it.
    counts = []
    for query in (f"view={key}", "q=city:pune&columns=city,code&sort=name"):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"{LIST}?{query}")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_prospects_have_views_of_their_own(agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    given = {"name": "Fair", "query": "city:pune", "columns": "city", "sort": "name"}
    answer = client.post("/views/prospect/new/", given)
    page = client.get(answer["Location"]).content.decode()
    assert answer["Location"].startswith("/prospects/?view=")
    assert 'aria-current="page"><span>Fair' in page
    assert answer["Location"] in client.get("/palette/?q=fai").content.decode()
    assert "Fair" not in tabs(client)
    assert client.post("/views/nothing/new/", given).status_code == 404
