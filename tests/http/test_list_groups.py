"""The list by team and division, and what chips say."""

import re
from typing import Any

import pytest
from django.http import QueryDict

from kith.accounts.groups import division_save, team_save
from kith.contacts.listing.state import read_state
from kith.contacts.pages.list_filters import chip_words, on_chips
from tests.http.test_list_contacts import listed, save


def test_the_list_by_team_and_division(manager: Any, agent: Any, signed_in: Any) -> None:
    client = signed_in(agent)
    unasked = client.get("/contacts/filters/").content.decode()
    assert "Team" not in unasked
    assert "Divisions" not in unasked
    team_save(actor=manager, name="North Sales", members=[agent.pk])
    team_save(actor=manager, name="Nobody", members=[])
    north = division_save(actor=manager, name="Export", members=[]).pk
    save(
        manager,
        {"name": "Anjali", "manager": agent.pk, "divisions": [north]},
        {"name": "Bhatnagar", "manager": manager.pk},
        {"name": "Chloe"},
    )
    expected = {
        "team:north": ["Anjali"], "team:mine": ["Anjali"], "-team:mine": ["Bhatnagar", "Chloe"],
        'team:"north sales",nobody': ["Anjali"], "team:nobody": [], "division:mine": [],
        "division:export": ["Anjali"], "has:divisions": ["Anjali"], "division:export OR chloe":
        ["Anjali", "Chloe"], "no:division": ["Bhatnagar", "Chloe"],
    }  # fmt: skip
    assert {query: sorted(listed(client, f"?q={query}")) for query in expected} == expected
    for unread in ("team:absent", "team:>north", "has:team", "division:absent", "team:"):
        page = client.get(f"/contacts/?q={unread}").content.decode()
        assert "k-list-note" in page, unread
    menu = client.get("/contacts/filters/?q=team:mine").content.decode()
    assert re.search(r'name="team" value="mine" checked><span>My teams<', menu)
    assert 'name="team" value="North Sales"' in menu
    assert 'name="division" value="Export"' in menu


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("created:2026-03", "Created", "March 2026"),
        ("created:2026", "Created", "2026"),
        ("created:3m", "Created", "Last 3 months"),
        ("created:>2026-01-01", "Created", "> Jan. 1, 2026"),
        ("created:..2026-03", "Created", "until March 31, 2026"),
        ("birthday:nov..feb", "Date of birth", "November – February"),
        ("has:email,phone", "Has", "E-mail, Phone"),
        ("-has:email", "Has no", "E-mail"),
        ("no:customer", "Has no", "Customer number"),
        ("phone:2026", "Phone", "2026"),
        ("stars:>3", "Priority", "> 3"),
        ("team:mine", "Team", "My teams"),
        ("-tag:vip", "Tags", "not vip"),
    ],
)
def test_a_chip_says_what_is_asked(text: str, label: str, value: str) -> None:
    query = QueryDict(mutable=True)
    query["q"] = text
    assert [chip_words(part) for part in on_chips(read_state(query))] == [(label, value)]
