"""A list in an order without an index of contacts: read from where the key is kept, it is the list
that working out the key of each contact gives, for everybody who asks."""

import random
from typing import Any

import pytest
from django.http import QueryDict

from kith.contacts.context import reading_context
from kith.contacts.listing import keyed
from kith.contacts.listing.page import list_page
from kith.contacts.listing.selection import Selection
from kith.contacts.listing.state import read_state
from kith.contacts.models import Contact
from kith.contacts.record import CONTACT
from kith.records.checking import Draft
from kith.records.door import change_set

CITIES = ("Pune", "agra", "Zürich", "Ålesund", "", "Pune", "Aachen")


def pages(user: Any, sort: str, size: int, way: str) -> list[str]:
    """The whole list, page by page."""
    names: list[str] = []
    cursor = "last" if way == "before" else ""
    while True:
        chosen = Selection(user, read_state(QueryDict(f"sort={sort}")))
        page = list_page(chosen, per_page=size, **{way: cursor})
        shown = [row[3] for row in page.rows]
        names = [*names, *shown] if way == "after" else [*shown, *names]
        cursor = getattr(page, way)
        if not cursor:
            return names


def test_orders_without_an_index_are_as_if_each_were_asked(
    administrator: Any, agent: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    rnd = random.Random(7)
    phones = [f"98220{rnd.randint(0, 99999):05d}" for _ in range(12)]
    drafts = [
        Draft(
            {
                "name": f"P{number:02d}",
                "city": rnd.choice(CITIES),
                "mobile": rnd.choice(["", *phones]),
                "office_phone": rnd.choice(["", *phones]),
                "email": rnd.choice(["", "b@x.in", "a@x.in", f"{rnd.choice('aBz')}{number}@x.in"]),
                "accessibility": rnd.choice(["all", "all", "me"]),
            }
        )
        for number in range(40)
    ]
    context = reading_context("IN", reader=administrator)
    with change_set(actor=administrator, door="screen", context=context) as changes:
        changes.save_many(CONTACT, drafts)
    gone = Contact.objects.get(name="P03")
    with change_set(actor=administrator, door="screen", context=context) as changes:
        changes.remove_many(CONTACT, [gone.pk])
    orders = [f"{sign}{name}" for name in keyed.HOLDERS for sign in ("", "-")]
    with monkeypatch.context() as plain:
        plain.setattr(keyed, "HOLDERS", {})
        wanted = {(who, sort): pages(who, sort, 50, "after") for who in (administrator, agent)
                  for sort in orders}  # fmt: skip
    assert len(wanted[agent, "city"]) < len(wanted[administrator, "city"]) == 39
    for portion, portions in ((3, 99), (200, 5), (3, 1)):
        monkeypatch.setattr(keyed, "PORTION", portion)
        monkeypatch.setattr(keyed, "PORTIONS", portions)
        for (who, sort), names in wanted.items():
            for way in ("after", "before"):
                assert pages(who, sort, 7, way) == names, (sort, way, portion)
