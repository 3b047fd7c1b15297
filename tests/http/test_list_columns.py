"""Columns chosen and put in order, any of them sorted by, and the way to the ends of the list."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.http import QueryDict

from kith.contacts.context import reading_context
from kith.contacts.listing import page as paging
from kith.contacts.listing.offered import fields
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.sort_keys import sort_key
from kith.contacts.listing.state import read_state
from kith.contacts.models import Contact
from kith.contacts.record import CONTACT
from kith.customfields.services.fields import field_archive, field_create
from kith.records.checking import Draft
from kith.records.door import change_set

NAME = re.compile(r'<a href="/contacts/\d+/" title="([^"]*)">')
HEAD = re.compile(r'<th class="([^"]*)" scope="col"[^>]*>(?:<a href="([^"]*)">)?([^<]+)')


@pytest.fixture
def gold(administrator: Any) -> str:
    name, _changes = field_create(actor=administrator, label="Points", kind="number")
    return name


@pytest.fixture
def people(manager: Any, administrator: Any, gold: str) -> None:
    rows = (
        {"name": "Anjali", "city": "Pune", "priority": 2, "industry": "Tea", gold: 20,
         "email": "z@x.in, y@x.in", "remarks": "line\nand line"},
        {"name": "Bhatnagar", "kind": "company", "city": "agra", "industry": "Silk", gold: 3},
        {"name": "Chloé", "company": "Aztec", "manager": manager.pk, gold: -1, "gender": "female"},
        {"name": "Dinesh", "city": "Zürich", "priority": 5, "birth_date": "1990-02-01"},
    )  # fmt: skip
    with change_set(
        actor=administrator, door="screen", context=reading_context("IN", reader=administrator)
    ) as changes:
        changes.save_many(CONTACT, [Draft(dict(each)) for each in rows])


def listed(client: Any, query: str) -> list[str]:
    return NAME.findall(client.get(f"/contacts/?{query}").content.decode())


def heads(page: str) -> dict[str, str]:
    return {label: css for css, _url, label in HEAD.findall(page)}


def test_columns_are_chosen_and_put_in_order(
    people: None, manager: Any, administrator: Any, signed_in: Any, gold: str
) -> None:
    client = signed_in(manager)
    asked = (
        f"columns=email,{gold},remarks&columns=company&columns=nonsense&sort=-name&q=kind:person"
    )
    page = client.get(f"/contacts/?{asked}").content.decode()
    shown = heads(page)
    assert list(shown)[:5] == ["Name", "E-mail", "Points", "Remarks", "Company"]
    assert [label for label, css in shown.items() if "n-only" in css] == [
        "Title, company", "Phone", "Temperature",
    ]  # fmt: skip
    assert "line and line" in page
    assert "These columns are hidden or no longer there: nonsense." in page
    kept = parse_qs(urlsplit(HEAD.findall(page)[0][1].replace("&amp;", "&")).query)
    assert kept["columns"] == [f"email,{gold},remarks", "company", "nonsense"]

    menu = client.get(f"/contacts/columns/?{asked}&up={gold}").content.decode()
    ticked = re.findall(r'name="columns" value="(\w+)" checked', menu)
    assert ticked == [gold, "email", "remarks", "company"]
    assert 'name="sort" value="-name"' in menu
    assert 'value="what"' in menu
    assert 'value="aadhaar"' not in menu

    field_archive(actor=administrator, name=gold)
    page = client.get(f"/contacts/?{asked}").content.decode()
    assert "Points" not in heads(page)
    assert "no longer there: Points, nonsense." in page


def test_any_column_sorts_both_ways_and_what_is_empty_comes_last(
    people: None, manager: Any, signed_in: Any, gold: str
) -> None:
    client = signed_in(manager)
    assert listed(client, "sort=city&q=no:company") == ["Bhatnagar", "Anjali", "Dinesh", "Aztec"]
    assert listed(client, "sort=-city&q=no:company") == ["Dinesh", "Anjali", "Bhatnagar", "Aztec"]
    assert listed(client, "sort=priority&q=has:priority") == ["Anjali", "Dinesh"]
    assert listed(client, f"sort={gold}&q=has:{gold}") == ["Chloé", "Bhatnagar", "Anjali"]
    assert listed(client, "sort=-industry&q=has:industry") == ["Anjali", "Bhatnagar"]
    assert listed(client, "sort=company&q=kind:person")[0] == "Chloé"
    assert listed(client, "sort=kind&q=a")[:1] == ["Anjali"]
    for name in ["what", "phone", "manager", "tags", *(each.name for each in fields())]:
        for sort in (name, f"-{name}") if sort_key(name) else ():
            state = read_state(QueryDict(f"sort={sort}"))
            assert state.sort == sort
            assert len(paging.list_page(Selection(manager, state)).rows) == 5, name


def test_what_nobody_may_see_orders_nothing(
    people: None, manager: Any, agent: Any, signed_in: Any
) -> None:
    """A hidden company must not show in where its people stand."""
    hidden = Contact.objects.get(name="Aztec")
    with change_set(actor=agent, door="screen", context=reading_context(reader=agent)) as changes:
        changes.save(CONTACT, Draft({"accessibility": "me"}, id=hidden.pk))
    assert listed(signed_in(agent), "sort=company&q=kind:person")[0] == "Chloé"
    assert listed(signed_in(manager), "sort=company&q=kind:person")[0] == "Anjali"


def test_pages_to_the_end_and_back(
    people: None, manager: Any, signed_in: Any, monkeypatch: Any, gold: str
) -> None:
    client = signed_in(manager)
    monkeypatch.setattr(
        paging.list_page, "__kwdefaults__", {"after": "", "before": "", "per_page": 2}
    )
    whole = ["Bhatnagar", "Anjali", "Dinesh", "Aztec", "Chloé"]
    for rel, start in (("next", "sort=city"), ("prev", "sort=city&before=last")):
        seen, url = [], f"/contacts/?{start}"
        while url:
            page = client.get(url).content.decode()
            names = NAME.findall(page)
            seen = seen + names if rel == "next" else names + seen
            found = re.search(rf'rel="{rel}" href="([^"]*)"', page)
            url = found[1].replace("&amp;", "&") if found else ""
        assert seen == whole
    assert "5–5 of 5" in client.get("/contacts/?sort=city&before=last").content.decode()
    monkeypatch.setattr("kith.contacts.listing.selection.MOST_COUNTED", 3)
    page = client.get("/contacts/?sort=city&before=last").content.decode()
    assert NAME.findall(page) == ["Aztec", "Chloé"]
    assert "2 of 3+" in page
    for broken in ("after=WyJjaXR5IiwxLDUsMSwxLDFd", "after=x", "before=bGFzdA"):
        assert listed(client, f"sort=city&{broken}")[:2] == whole[:2]
